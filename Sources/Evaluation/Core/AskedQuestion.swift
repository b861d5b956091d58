/// A question as it is put to a system.
public struct AskedQuestion: Sendable, Equatable, ExpressibleByStringLiteral {
    /// What the text is searched for.
    public var text: String
    /// How the answer is asked for; nil takes the product's own prompt.
    public var prompt: AnswerPrompt?

    /// Where what answers it stands in the text, in bytes: a system may say besides how answerable it is without.
    public var gold: [Range<Int>]

    /// A question, asked in the product's own words unless a prompt is given.
    public init(_ text: String, prompt: AnswerPrompt? = nil, gold: [Range<Int>] = []) {
        self.text = text
        self.prompt = prompt
        self.gold = gold
    }

    /// A question in the product's own words.
    public init(stringLiteral text: String) { self.init(text) }
}

/// How a task wants its answers asked for: what stands around the evidence.
public struct AnswerPrompt: Sendable, Equatable {
    /// What stands before the evidence.
    public var before: String
    /// What stands behind it: the question.
    public var behind: String
    /// The beginning of the answer, given to the model as its own words.
    public var opening: String
    /// False for a text that the model is to continue, without roles.
    public var isConversation: Bool
    /// Tokens to generate at most, unless the user says otherwise.
    public var answerTokens: Int

    /// A prompt around the evidence.
    public init(
        before: String, behind: String, opening: String = "", isConversation: Bool = true, answerTokens: Int
    ) {
        self.before = before
        self.behind = behind
        self.opening = opening
        self.isConversation = isConversation
        self.answerTokens = answerTokens
    }
}
