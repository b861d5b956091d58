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
