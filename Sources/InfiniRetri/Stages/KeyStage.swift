import KeyIndex
import Passages
import Transformer

/// The question's attention to the keys of an index. The questions are run through the model without any document; their queries
/// attend to what it made of the documents without the questions.
struct KeyStage: FirstStage {
    private let scan: IndexScan
    private let questions: Int
    private let meter: CostMeter
    /// Windows that are scanned at once: enough for all threads, few enough to keep memory flat.
    private static let windowsAtOnce = 64

    init(_ index: AttentionIndex, _ context: RetrievalContext, model: any LanguageModel) throws {
        guard let model = model as? any IndexableModel else { throw IndexError.modelWithoutKeys(name: model.name) }
        guard case .bestUnits(let tokensPerUnit) = context.profile.selection else {
            throw IndexError.unsupportedProfile(name: context.profile.name, reason: "an index ranks whole passages")
        }
        let heads = try context.profile.resolvedHeads(in: model.shape)
        let queries = try context.questions.enumerated().map { question, prompt in
            context.meter.count(tokens: prompt.prefix.count + prompt.suffix.count, for: question)
            return try QuestionQueries(
                prefix: prompt.prefix, suffix: prompt.suffix, queryTokens: prompt.queryTokens,
                weights: context.weights.weights(of: question), heads: heads, index: index, model: model)
        }
        scan = IndexScan(
            index, questions: queries, phraseWidth: context.profile.phraseWidth, tokensPerUnit: tokensPerUnit,
            model: model)
        questions = context.questions.count
        meter = context.meter
    }

    func scores(of corpus: Corpus, report: (ReadingProgress) -> Void) throws -> [StageScores] {
        try meter.time(.scan) {
            var found = (0..<questions).map { _ in StageScores(columns: [[]], sentences: []) }
            var next = corpus.passages.lowerBound
            for first in stride(from: 0, to: corpus.windows.count, by: Self.windowsAtOnce) {
                try Task.checkCancellation()
                let windows = first..<min(first + Self.windowsAtOnce, corpus.windows.count)
                let scores = scan.scores(of: windows)
                while next < corpus.passages.upperBound, corpus.place(of: next).window < windows.upperBound {
                    let place = corpus.place(of: next)
                    for question in found.indices {
                        let scored = scores.scores(
                            window: place.window - first, question: question, passage: place.passage)
                        found[question].columns[0].append(scored.passage)
                        found[question].sentences += scored.sentences
                    }
                    next += 1
                }
            }
            return found
        }
    }
}
