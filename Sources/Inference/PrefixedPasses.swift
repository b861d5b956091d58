import Tokenization
import Transformer

/// Passes of a model that all continue one prefix, whose keys and values are computed once.
///
/// Not thread-safe: it holds the cache.
package final class PrefixedPasses {
    /// The prefix, and what was run behind it since the last ``hold(_:)``.
    package let cache: any KeyValueCache
    /// Tokens that went through the model.
    package private(set) var tokenCount = 0
    private let model: any LanguageModel
    private let prefix: [TokenID]
    private let depth: Depth
    /// What the cache holds.
    private var held: [TokenID] = []

    package init(model: any LanguageModel, prefix: [TokenID], depth: Depth) {
        self.model = model
        self.prefix = prefix
        self.depth = depth
        cache = model.makeCache()
    }

    /// Leaves the cache with the prefix and these tokens. What it held of them already is not run again.
    package func hold(_ tokens: [TokenID]) throws {
        let wanted = prefix + tokens
        let common = zip(wanted, held).prefix { $0 == $1 }.count
        cache.truncate(to: common)
        held.removeSubrange(common...)
        if common < wanted.count { try run(Array(wanted[common...])) }
    }

    /// Runs tokens behind what the cache holds.
    @discardableResult
    package func run(_ tokens: [TokenID], probe: AttentionProbe? = nil) throws -> AttentionCapture? {
        let capture = try forward([SequenceRequest(request(tokens, probe), cache: cache)])[0].attention
        held += tokens
        return capture
    }

    /// Runs tokens behind what the cache holds.
    /// - Returns: The logits of the token that follows.
    package func logits(behind tokens: [TokenID]) throws -> [Float] {
        var request = request(tokens, nil)
        request.outputs = .last
        let logits = try forward([SequenceRequest(request, cache: cache)])[0].logits.first ?? []
        held += tokens
        return logits
    }

    /// Runs several continuations of what the cache holds, each as if it were alone, and forgets them.
    ///
    /// As many as memory allows go through the model together.
    /// - Parameter body: Takes the index of a continuation and its result, in order.
    package func run(_ continuations: [Continuation], _ body: (Int, ForwardResult) throws -> Void) throws {
        for pack in Self.packs(continuations) {
            try Task.checkCancellation()
            let results = try forward(
                continuations[pack].map { continuation in
                    var request = request(continuation.tokens, continuation.probe)
                    request.outputs = continuation.outputs
                    return SequenceRequest(request, cache: cache.fork())
                })
            for (index, result) in zip(pack, results) { try body(index, result) }
        }
    }

    /// Tokens behind the cache, and what is asked of them.
    package struct Continuation {
        package var tokens: [TokenID]
        package var probe: AttentionProbe?
        package var outputs: OutputRequest

        package init(_ tokens: [TokenID], probe: AttentionProbe? = nil, outputs: OutputRequest = .none) {
            self.tokens = tokens
            self.probe = probe
            self.outputs = outputs
        }

        /// Probabilities that its probe captures.
        fileprivate var captured: Int {
            probe.map { $0.heads.count * $0.rows.count * $0.columns.count } ?? 0
        }
    }

    /// Tokens that go through the model together: as many as its layers take at once.
    private static let packedTokens = 1024
    /// Probabilities that are captured together: 16 MB.
    private static let packedCapture = 4 << 20

    /// Consecutive continuations that are run together: one at least.
    private static func packs(_ continuations: [Continuation]) -> [Range<Int>] {
        var packs: [Range<Int>] = []
        var first = 0, tokens = 0, captured = 0
        for (index, next) in continuations.enumerated() {
            let isFull = tokens + next.tokens.count > packedTokens || captured + next.captured > packedCapture
            if index > first && isFull {
                packs.append(first..<index)
                (first, tokens, captured) = (index, 0, 0)
            }
            tokens += next.tokens.count
            captured += next.captured
        }
        if first < continuations.count { packs.append(first..<continuations.count) }
        return packs
    }

    private func request(_ tokens: [TokenID], _ probe: AttentionProbe?) -> ForwardRequest {
        ForwardRequest(tokens: tokens, probe: probe, depth: depth, outputs: .none)
    }

    private func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        defer { tokenCount += sequences.reduce(0) { $0 + $1.request.tokens.count } }
        return try model.forward(sequences)
    }
}
