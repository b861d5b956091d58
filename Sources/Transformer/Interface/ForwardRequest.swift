import Tokenization

/// How far a pass through the blocks goes.
public enum Depth: Sendable, Hashable {
    /// Through all blocks.
    case whole
    /// Through the blocks below `ofLayer` (counted from 0); of that block the keys of all tokens, and the queries that
    /// the probe asks for, and nothing more: enough for its attention probabilities.
    case keys(ofLayer: Int)
}

/// What a pass puts out of the last layer.
public enum OutputRequest: Sendable, Hashable {
    /// Nothing: the output head is not run.
    case none
    /// The logits of the request's last token.
    case last
    /// The logits of all the request's tokens, in their order.
    case all
    /// The logits of the tokens at these positions in the sequence (what the cache held before included), in this order.
    case positions([Int])
    /// How probable the text makes given tokens as the next ones, in this order. The logits of the vocabulary are never in memory
    /// together.
    case logProbabilities([NextToken])
}

/// A token whose log-probability is asked for.
public struct NextToken: Sendable, Hashable {
    /// The position in the sequence behind which it would come.
    public var position: Int
    /// The token.
    public var token: TokenID

    /// `token` behind `position`.
    public init(_ token: TokenID, behind position: Int) {
        self.position = position
        self.token = token
    }
}

/// What one pass is asked to do for one sequence. What is not asked for is not computed.
public struct ForwardRequest: Sendable {
    /// The tokens that continue what is in the cache; at least one.
    public var tokens: [TokenID]
    /// The attention to capture, if any.
    public var probe: AttentionProbe?
    /// The query vectors to capture, if any.
    public var queries: QueryProbe?
    /// How far to go. Outputs need `.whole`.
    public var depth: Depth
    /// What to put out.
    public var outputs: OutputRequest

    /// A request; by default for the last token's logits.
    public init(
        tokens: [TokenID], probe: AttentionProbe? = nil, queries: QueryProbe? = nil, depth: Depth = .whole,
        outputs: OutputRequest = .last
    ) {
        self.tokens = tokens
        self.probe = probe
        self.queries = queries
        self.depth = depth
        self.outputs = outputs
    }
}

/// A request and the sequence that it continues.
public struct SequenceRequest {
    /// What to do.
    public var request: ForwardRequest
    /// What the tokens continue, and are appended to.
    public var cache: any KeyValueCache

    /// `request` behind what is in `cache`.
    public init(_ request: ForwardRequest, cache: any KeyValueCache) {
        self.request = request
        self.cache = cache
    }
}

/// What a pass computed for one sequence.
public struct ForwardResult: Sendable {
    /// The attention that the probe asked for; nil without a probe.
    public let attention: AttentionCapture?
    /// The query vectors that were asked for; nil where none were.
    public let queries: QueryCapture?
    /// For each token whose logits were asked for, one logit for each id of the vocabulary.
    public let logits: [[Float]]
    /// For each token whose log-probability was asked for, the natural logarithm of its softmax probability.
    public let logProbabilities: [Double]

    /// What was asked for.
    public init(
        attention: AttentionCapture? = nil, queries: QueryCapture? = nil, logits: [[Float]] = [],
        logProbabilities: [Double] = []
    ) {
        self.attention = attention
        self.queries = queries
        self.logits = logits
        self.logProbabilities = logProbabilities
    }
}
