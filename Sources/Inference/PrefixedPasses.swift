import Tokenization
import Transformer

/// Passes of a model that all continue one prefix, whose keys and values are computed once.
///
/// Not thread-safe: it holds the cache.
package final class PrefixedPasses {
    /// The prefix, and what was run behind it since the last ``restart()``.
    package let cache: any KeyValueCache
    /// Tokens that went through the model.
    package private(set) var tokenCount = 0
    private let model: any LanguageModel
    private let prefix: [TokenID]
    private let depth: Depth

    package init(model: any LanguageModel, prefix: [TokenID], depth: Depth) {
        self.model = model
        self.prefix = prefix
        self.depth = depth
        cache = model.makeCache()
    }

    /// Leaves the cache with the prefix alone.
    package func restart() throws {
        if cache.count >= prefix.count {
            cache.truncate(to: prefix.count)
        } else {
            try run(prefix)
        }
    }

    /// Runs tokens behind what the cache holds.
    @discardableResult
    package func run(_ tokens: [TokenID], probe: AttentionProbe? = nil) throws -> AttentionCapture? {
        try forward(ForwardRequest(tokens: tokens, probe: probe, depth: depth, logits: .none)).attention
    }

    /// Runs tokens behind what the cache holds, for the logits behind some of them.
    /// - Parameter offsets: Offsets into `tokens`.
    package func logits(of tokens: [TokenID], at offsets: [Int]) throws -> [[Float]] {
        let positions = offsets.map { cache.count + $0 }
        return try forward(ForwardRequest(tokens: tokens, depth: depth, logits: .positions(positions))).logits
    }

    private func forward(_ request: ForwardRequest) throws -> ForwardResult {
        defer { tokenCount += request.tokens.count }
        return try model.forward(request, cache: cache)
    }
}
