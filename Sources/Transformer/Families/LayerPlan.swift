import Tensors

/// What one layer computes, as its family lays it out. Loading and the forward pass follow these plans and know no family.
struct LayerPlan: Sendable {
    /// The heads, and how far a token sees.
    var attention: Attention
    /// Which of the network's rotary tables turns queries and keys.
    var rotary: Int
    /// Whether every head's query and key are normalised before they are turned.
    var normalizesHeads: Bool
    /// What follows attention.
    var feedForward: FeedForward
    /// Tensors that must come with a bias; others may.
    var requiredBiases: Set<BlockTensor>

    /// The second half of a layer.
    enum FeedForward: Sendable {
        /// down(activation(gate(x)) * up(x)), `width` wide inside.
        case gated(width: Int, activation: GatedActivation)
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
