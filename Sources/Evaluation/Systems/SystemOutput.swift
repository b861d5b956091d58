/// What a system kept and answered for one question.
public struct SystemOutput: Sendable, Codable, Equatable {
    /// A piece of text kept as evidence.
    public struct Piece: Sendable, Codable, Equatable {
        /// First byte and the byte behind the last, in the UTF-8 of the context.
        public var byteRange: Range<Int>
        /// The text of that range.
        public var text: String

        /// Makes a piece.
        public init(byteRange: Range<Int>, text: String) {
            self.byteRange = byteRange
            self.text = text
        }

        private enum CodingKeys: String, CodingKey { case byteRange, text }

        /// Reads `{"byteRange": [start, end], "text"}`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let bounds = try container.decode([Int].self, forKey: .byteRange)
            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                throw DecodingError.dataCorruptedError(
                    forKey: .byteRange, in: container, debugDescription: "a byte range is [start, end]")
            }
            self.init(byteRange: bounds[0]..<bounds[1], text: try container.decode(String.self, forKey: .text))
        }

        /// Writes `{"byteRange": [start, end], "text"}`.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode([byteRange.lowerBound, byteRange.upperBound], forKey: .byteRange)
            try container.encode(text, forKey: .text)
        }
    }

    /// The evidence, in document order.
    public var evidence: [Piece]
    /// Tokens of the evidence together, as they stand in a prompt.
    public var evidenceTokens: Int
    /// Tokens of the context.
    public var documentTokens: Int
    /// Tokens that went through the model while retrieving, prompts included: those of the whole pass.
    public var processedTokens: Int
    /// The generated answer; nil when the system only retrieves.
    public var answer: String?
    /// Seconds from the question to the evidence. Questions of one pass all carry the time of the whole pass.
    public var retrievalSeconds: Double
    /// How many questions the pass served.
    public var questionsInPass: Int
    /// Why the system could not be put to this question, such as a text that the context window does not hold. Such a
    /// question is counted, but not judged.
    public var skipped: String?

    /// Makes an output.
    public init(
        evidence: [Piece], evidenceTokens: Int, documentTokens: Int, processedTokens: Int = 0, answer: String? = nil,
        retrievalSeconds: Double, questionsInPass: Int = 1, skipped: String? = nil
    ) {
        self.evidence = evidence
        self.evidenceTokens = evidenceTokens
        self.documentTokens = documentTokens
        self.processedTokens = processedTokens
        self.answer = answer
        self.retrievalSeconds = retrievalSeconds
        self.questionsInPass = questionsInPass
        self.skipped = skipped
    }
}
