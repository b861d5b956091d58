import TestSupport
import Testing
import Transformer

/// Requests that cannot be met are refused, and leave the cache as it was.
@Suite struct ForwardErrorTests {
    private let model: TransformerModel
    private let cache: any KeyValueCache

    init() throws {
        model = try TransformerModel.load(RandomModel { $0.contextLength = 64 })
        cache = model.makeCache()
        _ = try model.forward(ForwardRequest(tokens: [1, 2, 3, 4]), cache: cache)
    }

    private func refuses(_ request: ForwardRequest, _ error: ForwardError) {
        #expect(throws: error) { try model.forward(request, cache: cache) }
        #expect(cache.count == 4)
    }

    private func probe(layer: Int = 0, head: Int = 0, rows: Range<Int> = 4..<6, columns: Range<Int> = 0..<6)
        -> AttentionProbe
    {
        AttentionProbe(heads: [AttentionHead(layer: layer, head: head)], rows: rows, columns: columns)
    }

    @Test func tokens() {
        refuses(ForwardRequest(tokens: []), .noTokens)
        let vocabulary = model.shape.vocabulary
        refuses(ForwardRequest(tokens: [1, -1]), .unknownToken(id: -1, vocabulary: vocabulary))
        refuses(
            ForwardRequest(tokens: [Int32(vocabulary)]),
            .unknownToken(id: Int32(vocabulary), vocabulary: vocabulary))
        refuses(
            ForwardRequest(tokens: [Int32](repeating: 5, count: 61)), .contextExceeded(needed: 65, contextLength: 64))
    }

    @Test func theWholeContextCanBeUsed() throws {
        _ = try model.forward(ForwardRequest(tokens: [Int32](repeating: 5, count: 60)), cache: cache)
        #expect(cache.count == 64)
    }

    @Test func probes() {
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(layer: 2)),
            .unknownHead(AttentionHead(layer: 2, head: 0), layers: 2, heads: 4))
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(head: 4)),
            .unknownHead(AttentionHead(layer: 0, head: 4), layers: 2, heads: 4))
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(rows: 3..<6)), .rowsOutside(rows: 3..<6, tokens: 4..<6))
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(rows: 4..<7)), .rowsOutside(rows: 4..<7, tokens: 4..<6))
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(columns: 0..<7)),
            .columnsOutside(columns: 0..<7, sequence: 0..<6))
        refuses(
            ForwardRequest(tokens: [1, 2], probe: probe(layer: 1), depth: .keys(ofLayer: 0), outputs: .none),
            .headAboveDepth(AttentionHead(layer: 1, head: 0), lastLayer: 0))
    }

    @Test func depthAndLogits() {
        refuses(ForwardRequest(tokens: [1], depth: .keys(ofLayer: 2), outputs: .none), .unknownLayer(2, layers: 2))
        refuses(ForwardRequest(tokens: [1], depth: .keys(ofLayer: -1), outputs: .none), .unknownLayer(-1, layers: 2))
        refuses(ForwardRequest(tokens: [1], depth: .keys(ofLayer: 1), outputs: .last), .outputsNeedWholeDepth)
        refuses(
            ForwardRequest(tokens: [1], outputs: .positions([4, 3])), .outputsOutside(position: 3, tokens: 4..<5))
        refuses(
            ForwardRequest(tokens: [1], outputs: .positions([5])), .outputsOutside(position: 5, tokens: 4..<5))
    }

    @Test func shallowCaches() throws {
        _ = try model.forward(
            ForwardRequest(tokens: [1, 2], depth: .keys(ofLayer: 0), outputs: .none), cache: cache)
        #expect(throws: ForwardError.cacheTooShallow(layer: 0)) {
            try model.forward(ForwardRequest(tokens: [1]), cache: cache)
        }
        #expect(throws: ForwardError.cacheTooShallow(layer: 0)) {
            try model.forward(ForwardRequest(tokens: [1], depth: .keys(ofLayer: 1), outputs: .none), cache: cache)
        }
        _ = try model.forward(
            ForwardRequest(tokens: [3], depth: .keys(ofLayer: 0), outputs: .none), cache: cache)
        #expect(cache.count == 7)
        // Without the shallow tokens all layers can go on.
        cache.truncate(to: 4)
        let again = try model.forward(ForwardRequest(tokens: [1]), cache: cache).logits
        let fresh = try model.forward(ForwardRequest(tokens: [1, 2, 3, 4, 1]), cache: model.makeCache()).logits
        #expect(largestDifference(again[0], fresh[0]) < 1e-3)
    }

    @Test func foreignCaches() throws {
        let other = try TransformerModel.load(RandomModel { $0.contextLength = 64 })
        #expect(throws: ForwardError.foreignCache) {
            try other.forward(ForwardRequest(tokens: [1]), cache: cache)
        }
    }

    @Test func messagesSayWhatToDo() {
        let message = ForwardError.contextExceeded(needed: 65, contextLength: 64).description
        #expect(message.contains("65") && message.contains("64") && message.contains("shorten"))
    }
}
