import InfiniRetri

/// What a system kept and answered for one question.
public struct SystemOutput: Sendable, Codable, Equatable {
    /// The evidence, in document order.
    public var evidence: [Evidence]
    /// Tokens of the evidence together, as they stand in a prompt.
    public var evidenceTokens: Int
    /// Tokens of the context.
    public var documentTokens: Int
    /// Tokens that went through the model while retrieving, prompts included: those of the whole pass.
    public var processedTokens: Int
    /// The generated answer; nil when the system only retrieves.
    public var answer: String?
    /// Share of the answer's sentences that the evidence holds; nil without an answer.
    public var supported: Double?
    /// Seconds from the question to the evidence. Questions of one pass all carry the time of the whole pass.
    public var retrievalSeconds: Double
    /// How many questions the pass served.
    public var questionsInPass: Int
    /// How probable it is that the text answers, as the system says; nil where it does not.
    public var answerable: Double?
    /// The same for the text without what answers.
    public var answerableWithout: Double?
    /// Why the system could not be put to this question, such as a text that the context window does not hold. Such a
    /// question is counted, but not judged.
    public var skipped: String?

    /// Makes an output.
    public init(
        evidence: [Evidence], evidenceTokens: Int, documentTokens: Int, processedTokens: Int = 0, answer: String? = nil,
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
