/// The sizes of a decoder-only transformer.
public struct ModelShape: Sendable, Hashable, Codable {
    /// Number of blocks.
    public var layers: Int
    /// Query heads of a block.
    public var heads: Int
    /// Key-value heads of a block; each serves `heads / keyValueHeads` query heads (arXiv 2305.13245).
    public var keyValueHeads: Int
    /// Elements of one head's query, key or value.
    public var headDimension: Int
    /// Width of the residual stream.
    public var embedding: Int
    /// Inner width of the feed-forward part.
    public var feedForward: Int
    /// Number of token ids.
    public var vocabulary: Int
    /// The most tokens that the model can take at once.
    public var contextLength: Int

    /// A shape with the given sizes.
    public init(
        layers: Int, heads: Int, keyValueHeads: Int, headDimension: Int, embedding: Int, feedForward: Int,
        vocabulary: Int, contextLength: Int
    ) {
        self.layers = layers
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.embedding = embedding
        self.feedForward = feedForward
        self.vocabulary = vocabulary
        self.contextLength = contextLength
    }
}
