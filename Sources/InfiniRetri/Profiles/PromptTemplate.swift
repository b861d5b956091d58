/// The words around text and question: the template `T` of the paper.
public struct PromptTemplate: Sendable, Hashable, Codable {
    /// The language that it is written in, as in BCP 47.
    public var language: String
    /// What stands before every window, and before the evidence.
    public var instruction: String
    /// What stands before the evidence where the answer is generated, for a model that reads better when it knows what is asked:
    /// `{question}` is the question. Nil takes ``instruction``, as the paper does. The evidence does not depend on it.
    public var answerInstruction: String?
    /// What stands before the question.
    public var questionHeading: String
    /// What stands behind it.
    public var answerHeading: String

    /// A template from its parts.
    public init(
        language: String, instruction: String, answerInstruction: String? = nil, questionHeading: String,
        answerHeading: String
    ) {
        self.language = language
        self.instruction = instruction
        self.answerInstruction = answerInstruction
        self.questionHeading = questionHeading
        self.answerHeading = answerHeading
    }

    /// The authors' own words.
    public static let paper = PromptTemplate(
        language: "en", instruction: "Read the book and answer the question. Be very concise in your answer.",
        questionHeading: "Question:", answerHeading: "Answer:")

    /// The authors' words, with the question named before the evidence too.
    public static let questionFirst: PromptTemplate = {
        var template = paper
        template.answerInstruction =
            "Read the book and answer the question: {question} Be very concise in your answer."
        return template
    }()

    /// The instruction for an answer to a question.
    func answerInstruction(naming question: String) -> String {
        guard let answerInstruction else { return instruction }
        let mark = question.last?.isPunctuation ?? true ? "" : "?"
        return answerInstruction.replacing("{question}", with: question + mark)
    }
}
