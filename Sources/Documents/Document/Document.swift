import SystemPackage

/// A text to ask questions of: a file of any format that is read, a stream, or a text in memory. It is read as a stream; nothing of it
/// is loaded before it is needed.
public struct Document: Sendable, Hashable {
    /// Where its bytes are.
    public enum Source: Sendable, Hashable {
        /// A file. Its name may be any bytes.
        case file(FilePath)
        /// What the process is given on its standard input, read to its end.
        case standardInput
        /// Bytes in memory, as a file would hold them.
        case bytes([UInt8])
    }

    /// Where its bytes are.
    public var source: Source
    /// The name that evidence carries: the path, `-` for standard input, or the name given to a text in memory. Bytes of a path that are no
    /// UTF-8 are shown as U+FFFD.
    public var name: String
    /// The encoding of its text; nil has it found out.
    public var encoding: TextEncoding?
    /// Whether it was found in a folder: where it cannot be read, that is said, and the others are read all the same.
    public var isOptional = false

    private init(_ source: Source, name: String) {
        self.source = source
        self.name = name
    }

    /// A file.
    public static func file(path: String) -> Document { file(FilePath(path)) }

    /// A file, by a path of any bytes.
    public static func file(_ path: FilePath) -> Document { Document(.file(path), name: path.description) }

    /// What the process is given on its standard input, read to its end.
    public static let standardInput = Document(.standardInput, name: "-")

    /// A text in memory.
    public static func text(_ text: String, name: String) -> Document {
        var document = bytes(Array(text.utf8), name: name)
        document.encoding = .utf8
        return document
    }

    /// What a file would hold, in memory. The name helps to tell its format.
    public static func bytes(_ bytes: [UInt8], name: String) -> Document { Document(.bytes(bytes), name: name) }
}
