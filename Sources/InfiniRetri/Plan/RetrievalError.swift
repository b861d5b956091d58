/// Why a question could not be put to a document.
public enum RetrievalError: Error, Equatable, CustomStringConvertible {
    /// No question was given at all.
    case noQuestion
    /// The question holds nothing but white space.
    case emptyQuestion
    /// The question takes more than a quarter of the context.
    case questionTooLong(tokens: Int, limit: Int)
    /// The profile does not fit the model, or holds a number that makes no sense.
    case invalidProfile(name: String, reason: String)
    /// A plan file cannot be read as one.
    case invalidPlan(reason: String)
    /// Nothing was found that an answer could rest on.
    case noEvidence(question: String)
    /// An option has a value that makes no sense.
    case invalidOption(name: String, reason: String)
    /// Instruction, window, evidence and question do not fit the context together.
    case windowTooLarge(needed: Int, contextLength: Int)

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .noQuestion: "no question is asked; give at least one"
        case .emptyQuestion: "the question is empty"
        case .questionTooLong(let tokens, let limit):
            "the question has \(tokens) tokens, but at most \(limit) fit beside the text; shorten it"
        case .invalidProfile(let name, let reason): "retrieval profile \(name): \(reason)"
        case .invalidPlan(let reason): "this is no retrieval plan: \(reason)"
        case .noEvidence(let question): "there is no evidence to answer from: \(question)"
        case .invalidOption(let name, let reason): "\(name): \(reason)"
        case .windowTooLarge(let needed, let contextLength):
            "a window with the evidence and the question needs \(needed) tokens, but the model's context holds "
                + "\(contextLength); choose a smaller window or budget"
        }
    }
}
