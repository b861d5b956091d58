/// What happens while text is generated.
public enum GenerationEvent: Sendable, Hashable {
    /// The next piece of text: whole characters, never part of a stop text.
    case text(String)
    /// The last event: why the text ends, and what it took.
    case finished(GenerationUsage)
}

/// What a generation took.
public struct GenerationUsage: Sendable, Hashable, Codable {
    /// Why a generation ended.
    public enum FinishReason: String, Sendable, Hashable, Codable {
        /// The model chose a token that ends its turn.
        case endToken
        /// One of the stop texts appeared.
        case stopText
        /// `maxTokens` tokens were generated.
        case length
        /// The model's context is full.
        case contextFull
    }

    /// Tokens of the prompt, those that a cache held already included.
    public var promptTokens: Int
    /// Tokens generated, the ending one included.
    public var generatedTokens: Int
    /// Time for the prompt, until the first token's logits.
    public var promptSeconds: Double
    /// Time for the generated tokens.
    public var generationSeconds: Double
    /// Why it ended.
    public var finishReason: FinishReason

    /// A report with the given values.
    public init(
        promptTokens: Int, generatedTokens: Int, promptSeconds: Double, generationSeconds: Double,
        finishReason: FinishReason
    ) {
        self.promptTokens = promptTokens
        self.generatedTokens = generatedTokens
        self.promptSeconds = promptSeconds
        self.generationSeconds = generationSeconds
        self.finishReason = finishReason
    }
}
