/// How the next token is chosen from the model's logits. The default is greedy: always the most probable token.
public struct SamplingOptions: Sendable, Hashable, Codable {
    /// Divides the logits: below 1 sharper, above 1 flatter; 0 takes the most probable token always. 0 ... 100.
    public var temperature: Float
    /// Only the `topK` most probable tokens are candidates; nil: no limit. At least 1.
    public var topK: Int?
    /// Only the most probable tokens that together reach this probability are candidates. 0 < topP <= 1; nil or 1: no limit.
    public var topP: Float?
    /// Only tokens with at least this fraction of the best token's probability are candidates. 0 ... 1; nil or 0: no limit.
    public var minP: Float?
    /// Makes tokens that have occurred less probable (above 1) or more (below 1); 1 changes nothing. Above 0, at most 10.
    public var repetitionPenalty: Float
    /// The start of the random numbers: the same seed gives the same text.
    public var seed: UInt64

    /// Options with the given values; they are checked where text is generated.
    public init(
        temperature: Float = 0, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
        repetitionPenalty: Float = 1, seed: UInt64 = 0
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.repetitionPenalty = repetitionPenalty
        self.seed = seed
    }
}
