import Foundation

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

    /// The documents that a path stands for: the file itself, or every file below a folder in the order of their paths.
    ///
    /// Hidden files and folders are left out, and so are files in a folder whose first bytes are not text: a folder
    /// of sources holds pictures and archives too. A single file that is not text is an error only when it is read.
    ///
    /// - Throws: ``DocumentError`` where nothing is at `path`, or nothing readable is below it.
    public static func documents(at path: String) throws(DocumentError) -> [Document] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .notFound(name: path)
        }
        guard isFolder.boolValue else { return [.file(path: path)] }
        guard
            let walk = FileManager.default.enumerator(
                at: URL(fileURLWithPath: path), includingPropertiesForKeys: [.isRegularFileKey],
                options: [.skipsHiddenFiles])
        else { throw .unreadable(name: path, reason: "the folder cannot be listed") }
        let base = path.hasSuffix("/") ? path : path + "/"
        let root = URL(fileURLWithPath: path).standardizedFileURL.path + "/"
        var found: [String] = []
        for case let url as URL in walk {
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else { continue }
            let full = url.standardizedFileURL.path
            found.append(full.hasPrefix(root) ? base + full.dropFirst(root.count) : full)
        }
        let documents = found.sorted().filter(ByteStream.startsAsText).map { Document.file(path: $0) }
        guard !documents.isEmpty else {
            throw .unreadable(name: path, reason: "there is no text file in this folder")
        }
        return documents
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
        case .empty: "there is no text to search: every document is empty"
        }
    }
}
