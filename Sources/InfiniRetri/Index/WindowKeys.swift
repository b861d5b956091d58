import Transformer

/// Reads windows with the model and turns their keys into what an index stores.
final class WindowKeys {
    private let model: any IndexableModel
    private let description: IndexDescription
    private let cache: any KeyValueCache
    private let depth: Depth
    /// Tokens that went through the model.
    private(set) var processedTokens = 0

    init(model: any IndexableModel, description: IndexDescription) {
        self.model = model
        self.description = description
        cache = model.makeCache()
        depth = .keys(ofLayer: description.keySources.map(\.layer).max() ?? 0)
    }

    /// The data part of a window's record.
    func data(of window: Window) throws -> [UInt8] {
        let prefix = description.prefix
        if cache.count >= prefix.count {
            cache.truncate(to: prefix.count)
        } else if !prefix.isEmpty {
            try forward(prefix)
        }
        try forward(window.tokens)
        let positions = prefix.count..<prefix.count + window.tokens.count
        return try description.keySources.flatMap { source in
            KeyQuantizer.bytes(
                of: try model.keys(in: cache, layer: source.layer, head: source.keyValueHead, positions: positions),
                dimension: description.headDimension)
        }
    }

    private func forward(_ tokens: [Int32]) throws {
        _ = try model.forward(ForwardRequest(tokens: tokens, depth: depth, logits: .none), cache: cache)
        processedTokens += tokens.count
    }
}
