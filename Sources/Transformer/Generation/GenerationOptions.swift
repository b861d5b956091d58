/// How text is generated.
public struct GenerationOptions: Sendable, Hashable, Codable {
    /// How each token is chosen.
    public var sampling: SamplingOptions
    /// The most tokens to generate; fewer where the context ends before. 0 generates nothing.
    public var maxTokens: Int
    /// Texts that end the generation where they would appear; they are not part of what is generated. Empty ones are
    /// ignored.
    public var stop: [String]

    /// Options with the given values; they are checked where text is generated.
    public init(sampling: SamplingOptions = SamplingOptions(), maxTokens: Int = 256, stop: [String] = []) {
        self.sampling = sampling
        self.maxTokens = maxTokens
        self.stop = stop
    }
}
