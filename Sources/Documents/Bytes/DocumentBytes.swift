import Foundation
import SystemPackage
import Tensors

/// The bytes of a document: in order, or anywhere once they stand in a file.
package struct DocumentBytes: ByteStream {
    /// The document's name, or the name of a member of an archive, for errors and for telling formats.
    package let name: String
    /// Whether they are the bytes of the file that the document is, and not unpacked from it.
    package let isOwn: Bool
    /// How many packings were undone to come to these bytes.
    package let depth: Int
    /// Size and CRC-32C of what was read in order so far.
    package private(set) var digest: (bytes: Int, checksum: UInt32) = (0, 0)

    private var stream: any ByteStream
    /// Blocks that were looked at and not yet taken.
    private var peeked: [UInt8] = []
    private var isAtEnd = false
    /// What the bytes are of, where that can be read anywhere.
    private var whole: ByteFile?

    /// The bytes of a document.
    package init(_ document: Document) throws(DocumentError) {
        name = document.name
        isOwn = true
        depth = 0
        switch document.source {
        case .bytes(let bytes): whole = ByteFile(bytes, name: name)
        case .standardInput: whole = nil
        case .file(let path): whole = try Self.open(path, name: name)
        }
        stream = whole.map { FileStream($0) } ?? DescriptorStream(.standardInput, name: name)
    }

    /// Bytes that stand in memory or in an open file.
    package init(_ file: ByteFile) {
        stream = FileStream(file)
        name = file.name
        isOwn = true
        depth = 0
        whole = file
    }

    /// Bytes of a document that come as a stream.
    package init(_ stream: any ByteStream, name: String) {
        self.stream = stream
        self.name = name
        isOwn = true
        depth = 0
    }

    /// Bytes that were unpacked.
    /// - Parameter depth: Of what they were packed in.
    package init(unpacking stream: any ByteStream, name: String, depth: Int) {
        self.stream = stream
        self.name = name
        self.depth = depth + 1
        isOwn = false
    }

    private static func open(_ path: FilePath, name: String) throws(DocumentError) -> ByteFile? {
        do {
            // Whoever opens a pipe that nobody writes to would wait for ever.
            let status = try Stat(path)
            switch status.type {
            case .regular: break
            case .directory: throw DocumentError.unreadable(name: name, reason: "this is a folder")
            default: throw DocumentError.unreadable(name: name, reason: "this is neither a file nor a folder")
            }
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return ByteFile(descriptor, count: Int(try Stat(descriptor).size), name: name)
        } catch let error as DocumentError {
            throw error
        } catch Errno.noSuchFileOrDirectory {
            throw .notFound(name: name)
        } catch {
            throw .unreadable(name: name, reason: "\(error)")
        }
    }

    /// The next block, never empty; nil at the end.
    package mutating func next() throws(DocumentError) -> [UInt8]? {
        if !peeked.isEmpty {
            defer { peeked = [] }
            return peeked
        }
        return try read()
    }

    /// The first bytes that are still to come, `count` of them or all; nothing is taken.
    package mutating func head(_ count: Int) throws(DocumentError) -> ArraySlice<UInt8> {
        while peeked.count < count, let block = try read() { peeked += block }
        return peeked.prefix(count)
    }

    private mutating func read() throws(DocumentError) -> [UInt8]? {
        guard !isAtEnd, let block = try stream.next() else {
            isAtEnd = true
            return nil
        }
        digest = (digest.bytes + block.count, Checksum.crc32c(block, continuing: digest.checksum))
        return block
    }

    /// All bytes, to be read anywhere. What comes as a stream is put into a temporary file first.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)``.
    package mutating func file() throws(DocumentError) -> ByteFile {
        if let whole {
            // Goes through the file for its checksum.
            while try next() != nil {}
            return whole
        }
        let file = try spooled(name: name)
        whole = file
        return file
    }
}

/// Reads an open file in order, such as standard input.
private struct DescriptorStream: ByteStream {
    private let descriptor: FileDescriptor
    private let name: String
    private var offset = 0

    init(_ descriptor: FileDescriptor, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    mutating func next() throws(DocumentError) -> [UInt8]? {
        do {
            let block = try [UInt8](unsafeUninitializedCapacity: byteBlockSize) { buffer, filled in
                filled = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), retryOnInterrupt: true)
            }
            offset += block.count
            return block.isEmpty ? nil : block
        } catch Errno.badFileDescriptor {
            throw .unreadable(name: name, reason: "standard input is closed; name a file, or pipe a text into it")
        } catch {
            throw .unreadable(name: name, reason: "reading stopped at byte \(offset): \(error)")
        }
    }
}
