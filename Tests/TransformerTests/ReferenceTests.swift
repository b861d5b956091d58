import TestSupport
import Testing
import Transformer

/// Against transformers in float32 on the same dequantised weights.
@Suite struct ReferenceTests {
    @Test(arguments: RandomFixture.names)
    func logitsOfRandomModels(name: String) throws {
        let fixture = try RandomFixture.load(name)
        let model = try RandomFixture.model(name)
        let request = ForwardRequest(tokens: fixture.tokens, outputs: .positions(fixture.rows))
        let result = try model.forward(request, cache: model.makeCache())
        #expect(result.logits.count == fixture.rows.count)
        for (found, expected) in zip(result.logits, fixture.logits) {
            #expect(largestDifference(found, expected) < 1e-3)
        }
    }

    @Test(arguments: RandomFixture.names)
    func attentionOfRandomModels(name: String) throws {
        let fixture = try RandomFixture.load(name)
        let model = try RandomFixture.model(name)
        let count = fixture.tokens.count
        let heads = model.shape.allHeads
        let probe = AttentionProbe(heads: heads, rows: 0..<count, columns: 0..<count)
        let request = ForwardRequest(
            tokens: fixture.tokens, probe: probe, depth: .keys(ofLayer: model.shape.layers - 1), outputs: .none)
        let capture = try #require(try model.forward(request, cache: model.makeCache()).attention)
        for (index, head) in heads.enumerated() {
            for (row, expected) in zip(fixture.rows, fixture.attention[head.layer][head.head]) {
                let found = capture.row(head: index, row: row)
                #expect(largestDifference(found.prefix(row + 1), expected) < 1e-3)
                #expect(found.dropFirst(row + 1).allSatisfy { $0 == 0 })
            }
        }
    }

    @Test(.enabled(if: TestModels.smolLM2 != nil, "needs the default model: make test fetches it"))
    func smolLM2() throws {
        try compare(path: #require(TestModels.smolLM2), fixture: "SmolLM2-135M-Instruct.Q4_1")
    }

    @Test(.enabled(if: TestModels.qwenCoder != nil, "needs the Qwen2.5-Coder-0.5B model file"))
    func qwenCoder() throws {
        try compare(path: #require(TestModels.qwenCoder), fixture: "qwen2.5-coder-0.5b-instruct-q4_k_m")
    }

    private func compare(path: String, fixture name: String) throws {
        let fixture = try RealFixture.load(name)
        let model = try TransformerModel.load(path: path, options: LoadOptions(arithmetic: .float32))
        let count = fixture.probedTokens
        let probe = AttentionProbe(heads: fixture.heads, rows: 0..<count, columns: 0..<count)
        let request = ForwardRequest(
            tokens: Array(fixture.tokens.prefix(count)), probe: probe, outputs: .positions(fixture.rows))
        let result = try model.forward(request, cache: model.makeCache())
        for (found, expected) in zip(result.logits, fixture.logits) {
            let sample = stride(from: 0, to: found.count, by: 997).map { found[$0] }
            #expect(largestDifference(sample, expected.every997th) < 1e-3)
            #expect(largestDifference(expected.bestIDs.map { found[$0] }, expected.best) < 1e-3)
        }
        let capture = try #require(result.attention)
        for (index, expectedRows) in fixture.attention.enumerated() {
            for (row, expected) in zip(fixture.rows, expectedRows) {
                let found = capture.row(head: index, row: row)
                #expect(largestDifference(found.prefix(row + 1), expected) < 1e-3)
            }
        }
    }
}
