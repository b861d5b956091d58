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
            name: "first layer", heads: .chosen([0, 2, 3].map { AttentionHead(layer: 0, head: $0) }), rows: .question,
            queryWeights: .uniform, phraseWidth: 8, unit: .paragraph, selection: .bestUnits(tokensPerUnit: 20), window: 700,
            rounds: [])
        let options = RetrievalOptions(profile: profile, keyFormat: keys.format)
        let path = folder.path("one.iridx")
        _ = try IndexBuilder(model: model, options: options).build(path, from: [.text(Self.text, name: "ships")])
        let index = try AttentionIndex(path: path)
        #expect(index.sizes.windows > 3)

        let retriever = try Retriever(model: model, options: options)
        let prompt = QuestionPrompt(question: "How many ships came back?", profile: .unmeasured, model: model)
        let found = try #require(
            try IndexRetrieval(index: index, retriever: retriever).firstRound(
                [prompt], tokens: .max / 4, weights: [prompt.rows.map { _ in 1 }]
            ).first)
        let expected = try scoresByReading(prompt, profile, model)
        #expect(found.map(\.passage.byteRange) == expected.map(\.passage.byteRange))
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
        let reader = try ModelScorer(model: model, profile: profile, questions: [prompt])
        var passages = PassageReader(
            [.text(Self.text, name: "")], unit: profile.unit, tokenizer: model.tokenizer)
        var (chunk, tokens) = ([Passage](), 0)
        var scored: [ScoredPassage] = []
        func readChunk() throws {
            let window = Window(chunk, paragraphBreak: prompt.paragraphBreak)
            let (weights, selection) = (
                prompt.rows.map { _ in Float(1) }, RetrievalProfile.SelectionRule.bestUnits(tokensPerUnit: 20)
            )
            scored += Selection.candidates(
                of: window, by: try reader.read(window, question: 0), weights: weights, selection: selection
            ).joined().map { $0.scored(weights: weights, selection: selection) }
            (chunk, tokens) = ([], 0)
        }
        while let passage = try passages.next() {
            if tokens + passage.tokenCount > profile.window { try readChunk() }
            chunk.append(passage)
            tokens += passage.tokenCount
        }
        try readChunk()
        return scored
    }
}
