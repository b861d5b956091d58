import TestSupport
import Tensors
import Testing
import Transformer

/// Int8 is an approximation of float32: near enough that it foretells a text as well.
@Suite struct ArithmeticTests {
    @Test(arguments: RandomModel.Family.allCases)
    func logitsAreNear(family: RandomModel.Family) throws {
        let random = RandomModel { $0.family = family }
        let tokens = (0..<60).map { Int32(($0 * 37 + 11) % 250) }
        let results = try [Arithmetic.float32, .int8].map { arithmetic in
            let model = try TransformerModel.load(random, options: LoadOptions(threads: 2, arithmetic: arithmetic))
            return try model.forward(ForwardRequest(tokens: tokens, outputs: .all), cache: model.makeCache()).logits
        }
        let exact = results[0].joined()
        let difference = zip(exact, results[1].joined()).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        let size = exact.map { $0 * $0 }.reduce(0, +)
        // Each product is off by about one part in two hundred; what passes through two blocks by a few.
        #expect((difference / size).squareRoot() < 0.05)
        #expect(difference > 0, "int8 was not used")
    }

    @Test(.enabled(if: TestModels.smolLM2 != nil, "needs the default model: make test fetches it"))
    func perplexityIsNear() throws {
        let fixture = try RealFixture.load("SmolLM2-135M-Instruct.Q4_1")
        let options = LoadOptions(threads: 2, arithmetic: .int8)
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2), options: options)
        let expected = try #require(fixture.negativeLogLikelihood["512"])
        let found = try model.perplexity(of: Array(fixture.tokens.prefix(512)))
        #expect(abs(found.negativeLogLikelihood - expected) < 0.02)
    }
}
