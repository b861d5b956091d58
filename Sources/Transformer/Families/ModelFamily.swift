import Tensors

/// What sets one family of decoder-only transformers apart from the others. All of them share one forward pass, which follows
/// the plans of their layers.
///
/// A further family is one file with a value of this type, and one line in ``all``.
public struct ModelFamily: Sendable {
    /// The value of `general.architecture` in the model file, and the prefix of the family's other keys.
    public let architecture: String
    /// Which elements of a head the rotary embedding turns together, as the file's weights are ordered.
    let rotaryLayout: RotaryLayout
    /// The plan of each layer, counted from 0, of a model of these sizes.
    let layer: @Sendable (_ index: Int, Hyperparameters) -> LayerPlan
    /// What token embeddings are multiplied by, given the width of the residual stream.
    var embeddingScale: @Sendable (_ width: Int) -> Float = { _ in 1 }
}

extension ModelFamily {
    /// The families that this library runs: one line each.
    public static let all: [ModelFamily] = [
        .llama,
        .qwen2,
        .qwen3,
    ]

    /// The family whose files name `architecture`.
    /// - Throws: ``ModelError/unsupportedFamily(architecture:supported:)``.
    static func named(_ architecture: String) throws -> ModelFamily {
        guard let family = all.first(where: { $0.architecture == architecture }) else {
            throw ModelError.unsupportedFamily(architecture: architecture, supported: all.map(\.architecture))
        }
        return family
    }
}
