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
