import Foundation

/// The bytes of a document, a block at a time.
struct ByteStream {
    /// A block is large enough to make reading cheap and small enough to keep memory flat.
    private static let blockSize = 1 << 16
    /// A zero byte this early means that the file is not text. Later ones are kept: logs of crashed machines hold them.
    private static let probedBytes = 1 << 13

    private enum Source {
        case handle(FileHandle)
        case memory([UInt8])
    }

    private let name: String
    private let source: Source
    private var offset = 0

    init(_ document: Document) throws(DocumentError) {
        name = document.name
        switch document {
        case .text(let text, _): source = .memory(Array(text.utf8))
        case .standardInput: source = .handle(.standardInput)
        case .file(let path):
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw .notFound(name: path)
            }
            guard !isFolder.boolValue else {
                throw .unreadable(name: path, reason: "this is a folder; expand it with Document.documents(at:)")
            }
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw .unreadable(name: path, reason: "permission denied, or the file cannot be opened")
            }
            source = .handle(handle)
        }
    }

    /// The next block, or `nil` at the end.
    mutating func next() throws(DocumentError) -> [UInt8]? {
        let block: [UInt8]
        switch source {
        case .memory(let bytes):
            block = Array(bytes[offset..<min(offset + Self.blockSize, bytes.count)])
        case .handle(let handle):
            do {
                block = Array(try handle.read(upToCount: Self.blockSize) ?? Data())
            } catch {
                throw .unreadable(name: name, reason: "reading stopped at byte \(offset): \(error)")
            }
        }
        guard !block.isEmpty else { return nil }
        if offset < Self.probedBytes, let zero = block.prefix(Self.probedBytes - offset).firstIndex(of: 0) {
            throw .binary(name: name, offset: offset + zero)
        }
        offset += block.count
        return block
    }

    /// Whether the file can be opened and its first bytes look like text.
    static func startsAsText(path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        guard let head = try? handle.read(upToCount: probedBytes) else { return false }
        return !head.isEmpty && !head.contains(0)
    }
}
