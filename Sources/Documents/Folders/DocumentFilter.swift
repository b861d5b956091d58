import Foundation
import SystemPackage

/// Which documents of many are meant.
public struct DocumentFilter: Sendable, Hashable {
    /// If there are any, only what one of them stands for: a path from the folder that was named, or a file's name.
    public var include: [Glob] = []
    /// Nothing that one of them stands for; a folder's name stands for what is in it.
    public var exclude: [Glob] = []
    /// Only what was changed at this time or later.
    public var since: Date?
    /// Only what was changed before this time.
    public var until: Date?
    /// If there are any, only formats of these names, ``DocumentFormat``'s and ``TextFormat``'s: `pdf`, `markdown`.
    public var kinds: Set<String> = []
    /// Nothing of more bytes.
    public var maxBytes: Int?

    /// All documents.
    public init() {}

    /// Whether a path is meant, from the folder that was named or the index.
    public func allows(path: [UInt8]) -> Bool {
        (include.isEmpty || include.contains { Self.matches($0, path[...]) }) && !excludes(path: path)
    }

    /// Whether a path, or a folder that it is in, is left out.
    func excludes(path: [UInt8]) -> Bool {
        let ends = path.indices.filter { path[$0] == UInt8(ascii: "/") } + [path.count]
        return ends.contains { end in exclude.contains { Self.matches($0, path[..<end]) } }
    }

    /// Whether a time of change is meant.
    public func allows(modified: Date) -> Bool {
        (since.map { modified >= $0 } ?? true) && (until.map { modified < $0 } ?? true)
    }

    /// A pattern may stand for the path or for the name at its end.
    private static func matches(_ glob: Glob, _ path: ArraySlice<UInt8>) -> Bool {
        if glob.matches(path) { return true }
        return path.lastIndex(of: UInt8(ascii: "/")).map { glob.matches(path[($0 + 1)...]) } ?? false
    }
}
