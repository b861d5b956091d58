import Passages

/// The question's attention to every window (steps 2 and 3 of the paper), each window alone. One pass over a window serves every
/// question.
struct WindowStage: FirstStage {
    private let context: RetrievalContext
    private let asked: [AskedPrompt]

    init(_ context: RetrievalContext) {
        self.context = context
        asked = context.questions.enumerated().map { AskedPrompt(question: $0, prompt: $1) }
    }

    func scores(of corpus: Corpus, report: (ReadingProgress) -> Void) throws -> [StageScores] {
        var found = asked.map { _ in StageScores(columns: [[]], sentences: []) }
        try corpus.forEachWindow(report) { passages in
            let window = Window(passages, paragraphBreak: context.paragraphBreak)
            for (question, attention) in try context.scorer.attention(of: asked, to: window).enumerated() {
                context.weights.observe(attention, of: question)
                let scores = WindowScoring(
                    window, attention, weights: context.weights.weights(of: question), rule: context.profile.selection)
                found[question].columns[0] += scores.passages
                found[question].sentences += scores.sentences.joined()
            }
        }
        return found
    }
}
