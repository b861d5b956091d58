import Foundation
import TestSupport
import Testing
import Transformer

@Suite struct PerplexityTests {
    private let tokens: [Int32] = (0..<700).map { Int32(($0 * $0 + 3 * $0) % 251) }

    /// The definition, from all logits of one pass.
    private func mean(_ model: TransformerModel, _ tokens: [Int32], context: Int) throws -> (sum: Double, count: Int) {
        let logits = try model.forward(ForwardRequest(tokens: tokens, outputs: .all), cache: model.makeCache()).logits
        let losses = (context..<tokens.count).map { index in
            let row = logits[index - 1].map(Double.init)
            return log(row.map { exp($0) }.reduce(0, +)) - row[Int(tokens[index])]
        }
        return (losses.reduce(0, +), losses.count)
    }

    @Test func oneWindow() throws {
        let model = try TransformerModel.load(RandomModel())
        let expected = try mean(model, tokens, context: 1)
        var progress: [Int] = []
        let found = try model.perplexity(of: tokens) { progress.append($0) }
        #expect(found.tokens == 699)
        #expect(abs(found.negativeLogLikelihood - expected.sum / 699) < 1e-4)
        #expect(abs(found.value - exp(expected.sum / 699)) < 1e-3 * found.value)
        #expect(progress == [700])
    }

    @Test func windowsWithContext() throws {
        let model = try TransformerModel.load(RandomModel())
        // Windows of 300, 300 and 100 tokens; the last has nothing behind its context.
        let parts = try [0..<300, 300..<600].map { try mean(model, Array(tokens[$0]), context: 100) }
        let found = try model.perplexity(of: tokens, window: 300, context: 100)
        #expect(found.tokens == 400)
        #expect(abs(found.negativeLogLikelihood - parts.map(\.sum).reduce(0, +) / 400) < 1e-4)
    }

    @Test func refusals() throws {
        let model = try TransformerModel.load(RandomModel { $0.contextLength = 64 })
        #expect(throws: PerplexityError.tooFewTokens(1)) { try model.perplexity(of: [1]) }
        #expect(throws: PerplexityError.tooFewTokens(0)) { try model.perplexity(of: []) }
        for (window, context) in [(1, 1), (65, 1), (10, 0), (10, 10)] {
            #expect(throws: PerplexityError.invalidWindow(size: window, context: context, contextLength: 64)) {
                try model.perplexity(of: tokens, window: window, context: context)
            }
        }
        #expect(throws: ForwardError.self) { try model.perplexity(of: [1, 2, 100_000]) }
    }

    @Test(.enabled(if: TestModels.smolLM2 != nil, "needs the default model: make test fetches it"))
    func essaysAsTransformersReadsThem() throws {
        let fixture = try RealFixture.load("SmolLM2-135M-Instruct.Q4_1")
        let model = try TransformerModel.load(
            path: #require(TestModels.smolLM2), options: LoadOptions(arithmetic: .float32))
        let expected = try #require(fixture.negativeLogLikelihood["512"])
        let found = try model.perplexity(of: Array(fixture.tokens.prefix(512)))
        // Half a percent of the perplexity.
        #expect(abs(found.negativeLogLikelihood - expected) < 0.005)
    }
}
