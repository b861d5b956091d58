import Tokenization

/// How far a pass through the blocks goes.
public enum Depth: Sendable, Hashable {
    /// Through all blocks.
    case whole
    /// Through the blocks below `ofLayer` (counted from 0); of that block the keys of all tokens, and the queries that
    /// the probe asks for, and nothing more: enough for its attention probabilities.
    case keys(ofLayer: Int)
}

/// Which tokens' logits a pass computes.
public enum LogitsRequest: Sendable, Hashable {
    /// None: the output head is not run.
    case none
    /// Those of the request's last token.
    case last
    /// Those of all the request's tokens, in their order.
    case all
    /// Those of the tokens at these positions in the sequence (what the cache held before included), in this order.
    case positions([Int])
}

/// What one pass is asked to do. What is not asked for is not computed.
public struct ForwardRequest: Sendable {
    /// The tokens that continue what is in the cache; at least one.
    public var tokens: [TokenID]
    /// The attention to capture, if any.
    public var probe: AttentionProbe?
    /// The query vectors to capture, if any.
    public var queries: QueryProbe?
    /// How far to go. Logits need `.whole`.
    public var depth: Depth
    /// The logits to compute.
    public var logits: LogitsRequest

    /// A request; by default for the last token's logits.
    public init(
        tokens: [TokenID], probe: AttentionProbe? = nil, queries: QueryProbe? = nil, depth: Depth = .whole,
        logits: LogitsRequest = .last
    ) {
        self.tokens = tokens
        self.probe = probe
        self.queries = queries
        self.depth = depth
        self.logits = logits
    }
}

/// What a pass computed.
public struct ForwardResult: Sendable {
    /// The attention that the probe asked for; nil without a probe.
    public let attention: AttentionCapture?
    /// The query vectors that were asked for; nil where none were.
    public let queries: QueryCapture?
    /// For each token whose logits were asked for, one logit for each id of the vocabulary.
    public let logits: [[Float]]

    /// What was asked for.
    public init(attention: AttentionCapture?, queries: QueryCapture? = nil, logits: [[Float]]) {
        self.attention = attention
        self.queries = queries
        self.logits = logits
    }
}
