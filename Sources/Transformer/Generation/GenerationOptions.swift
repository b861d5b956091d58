/// How text is generated.
public struct GenerationOptions: Sendable, Hashable, Codable {
    /// How each token is chosen.
    public var sampling: SamplingOptions
    /// The most tokens to generate; fewer where the context ends before. 0 generates nothing.
    public var maxTokens: Int
    /// The fewest tokens to generate: before, the model cannot end its turn. Stop texts and full contexts end it anyway.
    public var minTokens: Int
    /// Texts that end the generation where they would appear; they are not part of what is generated. Empty ones are
    /// ignored.
    public var stop: [String]

    /// Options with the given values; they are checked where text is generated.
    public init(
        sampling: SamplingOptions = SamplingOptions(), maxTokens: Int = 256, minTokens: Int = 0, stop: [String] = []
    ) {
        self.sampling = sampling
        self.maxTokens = maxTokens
        self.minTokens = minTokens
        self.stop = stop
    }
}
