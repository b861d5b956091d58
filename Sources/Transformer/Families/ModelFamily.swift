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

extension LayerPlan {
    /// The layer that all models of the Llama kind share: full attention and a gated feed-forward part with SiLU, each behind
    /// a root-mean-square norm.
    init(_ hyperparameters: Hyperparameters, normalizesHeads: Bool = false, requiredBiases: Set<BlockTensor> = []) {
        let shape = hyperparameters.shape
        self.init(
            attention: Attention(
                heads: shape.heads, keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension,
                scale: hyperparameters.attentionScale),
            rotary: 0, normalizesHeads: normalizesHeads,
            feedForward: .gated(width: shape.feedForward, activation: .silu), requiredBiases: requiredBiases)
    }
}

/// The tensors of a block; raw values are their names in model files.
enum BlockTensor: String, Sendable, CaseIterable {
    case attentionNorm = "attn_norm"
    case query = "attn_q"
    case key = "attn_k"
    case value = "attn_v"
    case queryNorm = "attn_q_norm"
    case keyNorm = "attn_k_norm"
    case attentionOutput = "attn_output"
    case feedForwardNorm = "ffn_norm"
    case gate = "ffn_gate"
    case up = "ffn_up"
    case down = "ffn_down"

    /// The tensor's name in the file, without `.weight` or `.bias`.
    func name(layer: Int) -> String { "blk.\(layer).\(rawValue)" }
}
