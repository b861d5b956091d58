/// Why a document could not be read.
public enum DocumentError: Error, Equatable, CustomStringConvertible {
    /// Nothing is at the path.
    case notFound(name: String)
    /// It is there, but reading it failed.
    case unreadable(name: String, reason: String)
    /// It is no text, and of no format that is read.
    case binary(name: String)
    /// It is of a known format, and damaged, locked, or too large unpacked.
    case damaged(name: String, reason: String)
    /// What reads its format is not installed, or the format is not read at all.
    case unsupported(name: String, reason: String)
    /// What is read cannot be kept for a moment, because a temporary file cannot be written.
    case noRoom(folder: String, reason: String)
    /// All documents together hold no sentence.
    case empty

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .noRoom(let folder, let reason):
            "cannot write a temporary file to '\(folder)': \(reason); make room there, or name another folder in TMPDIR"
        case .empty: "there is no text to search: every document is empty"
        default: parts.map { "\($0.name): \($0.reason)" } ?? ""
        }
    }

    /// The document and why it is not read; nil where the fault is no document's.
    package var parts: (name: String, reason: String)? {
        switch self {
        case .notFound(let name): (name, "no such file or folder")
        case .unreadable(let name, let reason), .damaged(let name, let reason), .unsupported(let name, let reason):
            (name, reason)
        case .binary(let name): (name, "this is no text, and no format that is read")
        case .noRoom, .empty: nil
        }
    }
}
