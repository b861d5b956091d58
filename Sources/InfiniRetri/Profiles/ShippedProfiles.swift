import Documents
import Transformer

extension RetrievalProfile {
    /// Steps 3 to 6 of the paper with the defaults of its authors.
    public static let paper = RetrievalProfile(
        name: "paper", heads: .lastLayer, queryTokens: .questionToEnd, queryWeights: .attentionToQuery, phraseWidth: 8,
        unit: .sentence, selection: .bestTokens(count: 300), window: 1_024)

    /// SmolLM2-135M-Instruct: of the eight heads of highest contrast the six up to layer 18, so that passes end there.
    static let smolLM2 = RetrievalProfile(
        name: "smollm2-135m",
        heads: .chosen([
            AttentionHead(layer: 14, head: 3), AttentionHead(layer: 15, head: 6), AttentionHead(layer: 17, head: 3),
            AttentionHead(layer: 17, head: 4), AttentionHead(layer: 18, head: 6), AttentionHead(layer: 18, head: 7),
        ]),
        queryTokens: .question, queryWeights: .rarity, phraseWidth: 8, unit: .paragraph,
        selection: .bestUnits(tokensPerUnit: 20), window: 1_500, prompt: .questionFirst)

    /// Qwen2.5-0.5B: the seven heads of highest contrast up to layer 13. All heads of layer 13 find as much when they read
    /// the text with the question, but nothing from stored keys.
    static let qwen2 = RetrievalProfile(
        name: "qwen2.5-0.5b",
        heads: .chosen([
            AttentionHead(layer: 9, head: 8), AttentionHead(layer: 9, head: 9), AttentionHead(layer: 9, head: 10),
            AttentionHead(layer: 11, head: 9), AttentionHead(layer: 11, head: 11), AttentionHead(layer: 11, head: 12),
            AttentionHead(layer: 13, head: 13),
        ]),
        queryTokens: .question, queryWeights: .rarity, phraseWidth: 8, unit: .paragraph,
        selection: .bestUnits(tokensPerUnit: 20), window: 1_500)

    /// Any other model: the layer at 0.6 of its depth, where both measured models have their best one.
    package static let unmeasured = RetrievalProfile(
        name: "middle-layer", heads: .depth(0.6), queryTokens: .question, queryWeights: .rarity, phraseWidth: 8,
        unit: .paragraph, selection: .bestUnits(tokensPerUnit: 20), window: 1_500)

    /// The shipped profile for models of this shape; nil for models that nobody has measured.
    public static func shipped(for shape: ModelShape) -> RetrievalProfile? {
        switch (shape.layers, shape.heads, shape.keyValueHeads, shape.embedding) {
        case (30, 9, 3, 576): smolLM2
        case (24, 14, 2, 896): qwen2
        default: nil
        }
    }

    /// The shipped profile for models of this shape, or that for unmeasured models.
    public static func automatic(for shape: ModelShape) -> RetrievalProfile { shipped(for: shape) ?? unmeasured }
}
