/// A text to ask questions of. It is read as a stream; nothing of it is loaded before it is needed.
public enum Document: Sendable, Hashable {
    /// A text file.
    case file(path: String)
    /// What the process is given on its standard input, read to its end.
    case standardInput
    /// A text in memory.
    case text(String, name: String)

    /// The name that evidence carries: the path, `-` for standard input, or the name given to a text in memory.
    public var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "-"
        case .text(_, let name): name
        }
    }
}

/// Why a document could not be read.
public enum DocumentError: Error, Equatable, CustomStringConvertible {
    /// Nothing is at the path.
    case notFound(name: String)
    /// It is there, but reading it failed.
    case unreadable(name: String, reason: String)
    /// It holds a zero byte near its start.
    case binary(name: String, offset: Int)
    /// What is read cannot be kept for a moment, because a temporary file cannot be written.
    case noRoom(folder: String, reason: String)
    /// All documents together hold no sentence.
    case empty

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .notFound(let name): "\(name): no such file or folder"
        case .unreadable(let name, let reason): "\(name): \(reason)"
        case .binary(let name, let offset):
            "\(name): this is not text (a zero byte at offset \(offset)); "
                + "convert it to plain text in UTF-8 first, for instance with pdftotext or iconv"
        case .noRoom(let folder, let reason):
            "cannot write a temporary file to '\(folder)': \(reason); make room there, or name another folder in TMPDIR"
        case .empty: "there is no text to search: every document is empty"
        }
    }
}
