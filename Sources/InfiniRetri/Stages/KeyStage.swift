import KeyIndex
import Transformer

/// The question's attention to the keys of an index. The questions are run through the model without any document; their queries
/// attend to what it made of the documents without the questions.
final class KeyStage: FirstStage {
    private let scan: IndexScan
    private let questions: Int
    private let meter: CostMeter

    init(_ corpus: IndexCorpus, context: RetrievalContext) throws {
        let (index, model) = (corpus.index, corpus.model)
        guard case .bestUnits(let tokensPerUnit) = context.profile.selection else {
            throw IndexError.unsupportedProfile(name: context.profile.name, reason: "an index ranks whole passages")
        }
        context.weights.use(index.frequencies(vocabulary: model.shape.vocabulary))
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

    func observe(_ block: IndexedWindows) -> [[Observation?]] {
        meter.time(.scan) {
            let scores = scan.scores(of: block.windows)
            return (0..<questions).map { question in
                block.places.map { place in
                    let scored = scores.scores(window: place.window, question: question, passage: place.passage)
                    return .score(scored.passage, sentences: Array(scored.sentences))
                }
            }
        }
    }
}
