import Foundation
import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

/// What stored keys say, against what reading with the question says.
@Suite struct IndexScanTests {
    private let folder: TemporaryFolder
    private static let text = (1...160).map { number in
        "Entry \(number) tells of \(number * 37) ships. They came back in the year \(1_400 + number) and were counted."
            + (number % 3 == 0 ? "\n\n" : " ")
    }.joined()

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The queries of the first layer know nothing of the text before them, so there the index does exactly what reading
    /// does: only what is stored of the keys is between them, and that reading multiplies in bf16 where it can.
    @Test(
        arguments: [RandomModel.Family.llama, .qwen2],
        [(KeyFormat.int4, Float(0.25)), (.int8, 0.02), (.float16, 0.005)])
    func theFirstLayerScoresAsReadingDoes(
        family: RandomModel.Family, keys: (format: KeyFormat, tolerance: Float)
    ) throws {
        let file = try RandomModel {
            $0.family = family
            $0.layers = 2
        }.temporaryFile()
        let model = try TransformerModel.load(path: file.path)
        let profile = RetrievalProfile(
            name: "first layer", heads: .chosen([0, 2, 3].map { AttentionHead(layer: 0, head: $0) }),
            queryTokens: .question,
            queryWeights: .uniform, phraseWidth: 8, unit: .paragraph, selection: .bestUnits(tokensPerUnit: 20),
            window: 700)
        var plan = RetrievalPlan.standard
        plan.stages = [.keys]
        plan.reranking = [.init(by: .likelihood, tokens: 1 << 40)]
        let path = folder.path("one.iridx")
        _ = try IndexBuilder(model: model, profile: profile, plan: plan, keys: keys.format)
            .build(path, from: [.text(Self.text, name: "ships")])
        let index = try AttentionIndex(path: path)
        #expect(index.sizes.windows > 3)

        let retriever = try Retriever(model: model, profile: profile, plan: plan)
        let context = try retriever.context(for: ["How many ships came back?"], stages: [.keys])
        let prompt = context.questions[0]
        var corpus = try IndexCorpus(index, context: context, model: model)
        let stages = try FirstStages.stages([.keys], from: FirstStages.ofIndex).map { try $0(corpus, context) }
        let found = try Pipeline(context).candidates(from: &corpus, stages: stages)[0]
        let expected = try scoresByReading(prompt, profile, model)
        #expect(found.map(\.passage.textRange) == expected.map(\.passage.textRange))
        #expect(found.map(\.passage.text) == expected.map(\.passage.text))
        let spread = (expected.map(\.score).max() ?? 0) - (expected.map(\.score).min() ?? 0)
        for (one, other) in zip(found, expected) {
            #expect(abs(one.score - other.score) < keys.tolerance * spread, "\(one.score) \(other.score)")
            #expect(one.sentenceScores.count == other.sentenceScores.count)
        }
    }

    private func scoresByReading(_ prompt: QuestionPrompt, _ profile: RetrievalProfile, _ model: TransformerModel)
        throws -> [ScoredPassage]
    {
        let scorer = try ModelScorer(
            model: model, profile: profile, prefix: prompt.prefix, meter: CostMeter(questions: 1))
        var windows = WindowReader(
            PassageReader(
                [.text(Self.text, name: "")], unit: profile.unit, window: profile.window, tokenizer: model.tokenizer),
            windowSize: profile.window, totalBytes: nil)
        let weights = prompt.queryTokens.map { _ in Float(1) }
        var scored: [ScoredPassage] = []
        while let chunk = try windows.nextChunk() {
            let window = Window(chunk.passages, paragraphBreak: prompt.paragraphBreak)
            let scores = try scorer.attention(of: [AskedPrompt(question: 0, prompt: prompt)], to: window)[0]
            let seen = WindowCandidates.of(window, by: scores, weights: weights, rule: profile.selection)
            scored += zip(chunk.passages, seen).compactMap { passage, seen in
                seen.map { Fusion.fused([$0], of: passage, weights: weights, rule: profile.selection) }
            }
        }
        return scored
    }
}
