import Inference
import Passages
import Transformer

/// Reads windows with the model and turns their keys into what an index stores.
final class WindowKeys {
    private let model: any IndexableModel
    private let description: IndexDescription
    private let passes: PrefixedPasses

    init(model: any IndexableModel, description: IndexDescription) {
        self.model = model
        self.description = description
        passes = PrefixedPasses(
            model: model, prefix: description.prefix,
            depth: .keys(ofLayer: description.keySources.map(\.layer).max() ?? 0))
    }

    /// Tokens that went through the model.
    var processedTokens: Int { passes.tokenCount }

    /// The data of a window's record.
    func data(of window: Window) throws -> [UInt8] {
        try passes.hold([])
        try passes.run(window.tokens)
        let start = description.prefix.count
        return try description.keySources.flatMap { source in
            description.layout.bytes(
                of: try model.keys(
                    in: passes.cache, layer: source.layer, head: source.keyValueHead,
                    positions: start..<start + window.tokens.count))
        }
    }
}
