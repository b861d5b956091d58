import Passages

/// The words that a passage shares with the question: how many of its rare ones the passage holds, and its best sentence.
///
/// Attention finds what is said in other words; words that are rare in all these texts tell apart passages that please the attention
/// alike. Each errs where the other does not.
struct LexicalStage: FirstStage {
    private let questions: [LexicalQuery]
    private let formula: RetrievalPlan.Lexical

    init(_ context: RetrievalContext) {
        questions = context.questions.indices.map(context.lexicalQuery)
        formula = context.plan.lexical
    }

    func scores(of corpus: Corpus, report: (ReadingProgress) -> Void) -> [StageScores] {
        BM25(questions, formula, over: corpus).scores(of: corpus).map {
            StageScores(columns: [$0.passages, $0.bestSentences(in: corpus)], sentences: $0.sentences)
        }
    }
}

extension Corpus: LexicalText {}

extension LexicalScores {
    /// For each passage the score of its best sentence.
    func bestSentences(in corpus: Corpus) -> [Float] {
        corpus.passages.map { sentences[corpus.sentences(of: $0)].max() ?? 0 }
    }
}
