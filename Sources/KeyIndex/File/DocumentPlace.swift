import Documents
import Foundation
import SystemPackage
import Tensors

/// What tells a document from others: its path, or its name where it is no file. Both are compared by bytes.
struct DocumentKey: Hashable {
    private let path: FilePath?
    private let name: [UInt8]

    init(path: FilePath?, name: String) {
        self.path = path
        self.name = path == nil ? Array(name.utf8) : []
    }
}

/// Where a document is, and what tells whether it has changed.
struct DocumentPlace: Hashable {
    /// The file from the root; nil for a text that is no file.
    var path: FilePath?
    /// Bytes, 0 where they are not known before the end.
    var bytes = 0
    /// The times of the last change of its bytes, and of anything about it, in nanoseconds since 1970; 0 for a text that is no file.
    var modified: Int64 = 0
    var changed: Int64 = 0
    let key: DocumentKey

    init(_ document: Document) {
        defer { assert(path == nil || path?.isAbsolute == true) }
        switch document.source {
        case .standardInput: break
        case .bytes(let held): bytes = held.count
        case .file(let file):
            path = Self.absolute(file)
            // A file that is missing is an error when it is read.
            if let status = try? Stat(file) {
                bytes = Int(status.size)
                modified = Self.nanoseconds(status.st_mtim)
                changed = Self.nanoseconds(status.st_ctim)
            }
        }
        key = DocumentKey(path: path, name: document.name)
    }

    /// A path from the root, without `.` and `..`.
    static func absolute(_ path: FilePath) -> FilePath {
        FilePath(FileManager.default.currentDirectoryPath).pushing(path).lexicallyNormalized()
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// Which files folders hold, and what tells whether one of them has changed: two looks that give the same show nothing new.
public struct FolderState: Hashable {
    private let places: Set<DocumentPlace>

    /// Looks at folders and files.
    /// - Throws: ``DocumentError``.
    public init(of folders: [String], filter: DocumentFilter = DocumentFilter()) throws(DocumentError) {
        var list = DocumentList()
        for folder in folders { try list.add(FilePath(folder), filter: filter) }
        places = Set(list.documents.map { DocumentPlace($0) })
    }
}
