import Files
import Foundation
import SystemPackage

/// Bytes that can be read anywhere: an open file, or memory. Its readers do not disturb each other.
package final class ByteFile: Sendable {
    private enum Storage: Sendable {
        case file(FileDescriptor)
        case scratch(ScratchFile)
        case memory([UInt8])
    }

    /// The document's name, for errors.
    package let name: String
    /// Bytes.
    package let count: Int
    private let storage: Storage

    /// Takes over an open file, which is closed with the object.
    init(_ descriptor: FileDescriptor, count: Int, name: String) {
        storage = .file(descriptor)
        self.count = count
        self.name = name
    }

    /// A temporary file, which is held as long as the object lives.
    init(_ file: ScratchFile, count: Int, name: String) {
        storage = .scratch(file)
        self.count = count
        self.name = name
    }

    /// Bytes in memory.
    package init(_ bytes: [UInt8], name: String) {
        storage = .memory(bytes)
        count = bytes.count
        self.name = name
    }

    deinit { if case .file(let descriptor) = storage { try? descriptor.close() } }

    /// At most `length` bytes from `offset` on: fewer at the end, none behind it.
    package func read(at offset: Int, _ length: Int) throws(DocumentError) -> [UInt8] {
        guard offset >= 0, length > 0, offset < count else { return [] }
        let length = min(length, count - offset)
        switch storage {
        case .memory(let bytes): return Array(bytes[offset..<offset + length])
        case .file, .scratch:
            guard let descriptor else { return [] }
            do {
                return try [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
                    // A read may give less than is there.
                    while filled < length {
                        let rest = UnsafeMutableRawBufferPointer(
                            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<length])
                        let read = try descriptor.read(
                            fromAbsoluteOffset: Int64(offset + filled), into: rest, retryOnInterrupt: true)
                        if read == 0 { break }
                        filled += read
                    }
                }
            } catch {
                throw .unreadable(name: name, reason: "reading stopped at byte \(offset): \(error)")
            }
        }
    }

    /// The open file, for a program that is to read it; nil for memory.
    package var descriptor: FileDescriptor? {
        switch storage {
        case .file(let descriptor): descriptor
        case .scratch(let file): FileDescriptor(rawValue: file.handle.fileDescriptor)
        case .memory: nil
        }
    }
}

/// Reads a part of a file in order.
package struct FileStream: ByteStream {
    private let file: ByteFile
    private var range: Range<Int>

    /// - Parameter range: Bytes of the file; nil is all of them. What is not there is not given.
    package init(_ file: ByteFile, _ range: Range<Int>? = nil) {
        self.file = file
        self.range = range ?? 0..<file.count
    }

    package mutating func next() throws(DocumentError) -> [UInt8]? {
        let block = try file.read(at: range.lowerBound, min(byteBlockSize, range.count))
        guard !block.isEmpty else { return nil }
        range = range.lowerBound + block.count..<range.upperBound
        return block
    }
}
