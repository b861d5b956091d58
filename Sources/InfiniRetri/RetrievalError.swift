/// Why a question could not be put to a document.
public enum RetrievalError: Error, Equatable, CustomStringConvertible {
    /// The question holds nothing but white space.
    case emptyQuestion
    /// The question takes more than a quarter of the context.
    case questionTooLong(tokens: Int, limit: Int)
    /// The profile does not fit the model, or holds a number that makes no sense.
    case invalidProfile(name: String, reason: String)
    /// An option has a value that makes no sense.
    case invalidOption(name: String, reason: String)
    /// Instruction, window, evidence and question do not fit the context together.
    case windowTooLarge(needed: Int, contextLength: Int)

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .emptyQuestion: "the question is empty"
        case .questionTooLong(let tokens, let limit):
            "the question has \(tokens) tokens, but at most \(limit) fit beside the text; shorten it"
        case .invalidProfile(let name, let reason): "retrieval profile \(name): \(reason)"
        case .invalidOption(let name, let reason): "\(name): \(reason)"
        case .windowTooLarge(let needed, let contextLength):
            "a window with the evidence and the question needs \(needed) tokens, but the model's context holds "
                + "\(contextLength); choose a smaller window or budget"
        }
    }
}
