import Files
import Foundation
import Tensors

/// The records of an index file as they were when it was opened. What is appended later is not seen, and what was there
/// never changes.
final class IndexFile: Sendable {
    /// A record that is complete.
    struct Entry: Sendable {
        var kind: IndexRecord.Kind
        var metadata: Range<Int>
        var data: Range<Int>
        var dataChecksum: UInt32

        var range: Range<Int> { metadata.lowerBound - IndexRecord.headerSize..<data.upperBound }
    }

    let path: String
    /// Where the paths of documents are kept from.
    let folder: IndexFolder
    let bytes: FileBytes
    let description: IndexDescription
    let records: [Entry]
    /// Where the next record goes.
    let end: Int
    /// Bytes behind ``end``: a record that was being written when its writer was ended.
    let incompleteBytes: Int

    /// Maps a file and checks everything but the keys themselves.
    /// - Throws: ``IndexError``, among them ``IndexError/nothingStored(path:bytes:)``.
    init(path: String, descriptor: Int32) throws {
        self.path = path
        folder = IndexFolder(ofIndex: path)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw IndexError.inaccessible(path: path, reason: SystemError.last.reason)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw IndexError.notAnIndex(path: path) }
        let size = Int(status.st_size)
        records = try Self.walk(path: path, descriptor: descriptor, size: size)
        guard let first = records.first, let last = records.last else {
            // Cut off in the first record; anything else is somebody's file.
            var bytes = [UInt8](repeating: 0, count: min(size, IndexRecord.magicText.count))
            guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count,
                IndexRecord.magicText.starts(with: bytes)
            else { throw IndexError.notAnIndex(path: path) }
            throw IndexError.nothingStored(path: path, bytes: size)
        }
        guard first.kind == .description else { throw IndexError.notAnIndex(path: path) }
        end = last.range.upperBound
        incompleteBytes = size - end
        do {
            bytes = try FileBytes(mapping: descriptor, count: end)
        } catch {
            throw IndexError.inaccessible(path: path, reason: error.reason)
        }
        let buffer = bytes.buffer
        description = try IndexDescription.decoded(UnsafeRawBufferPointer(rebasing: buffer[first.metadata]), path: path)
    }

    /// Opens a file for reading.
    /// - Throws: ``IndexError``.
    static func open(path: String) throws -> IndexFile {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? IndexError.notFound(path: path) : IndexError.inaccessible(path: path, reason: SystemError.last.reason)
        }
        defer { close(descriptor) }
        return try IndexFile(path: path, descriptor: descriptor)
    }

    /// The records up to the end, or up to one that is cut off.
    ///
    /// Headers are read, not mapped: a writer may take away the rest of a record that was never finished.
    private static func walk(path: String, descriptor: Int32, size: Int) throws -> [Entry] {
        var records: [Entry] = []
        var offset = 0
        while offset + IndexRecord.headerSize <= size {
            var bytes = [UInt8](repeating: 0, count: IndexRecord.headerSize)
            guard pread(descriptor, &bytes, bytes.count, off_t(offset)) == bytes.count else { break }
            let header: IndexRecord.Header
            do {
                header = try bytes.withUnsafeBytes { try IndexRecord.header($0) }
            } catch {
                let reason = (error as? ByteReader.Failure)?.reason ?? "\(error)"
                throw offset == 0
                    ? IndexError.notAnIndex(path: path)
                    : IndexError.damaged(path: path, offset: offset, reason: reason)
            }
            guard offset + header.recordSize <= size else { break }
            let metadata = offset + IndexRecord.headerSize..<offset + IndexRecord.headerSize + header.metadataSize
            var content = [UInt8](repeating: 0, count: header.metadataSize)
            let isRead =
                header.metadataSize == 0
                || pread(descriptor, &content, content.count, off_t(metadata.lowerBound)) == content.count
            guard isRead, Checksum.crc32c(content) == header.metadataChecksum else {
                throw IndexError.damaged(
                    path: path, offset: metadata.lowerBound, reason: "the checksum of a record's description is wrong")
            }
            records.append(
                Entry(
                    kind: header.kind, metadata: metadata,
                    data: metadata.upperBound..<metadata.upperBound + header.dataSize,
                    dataChecksum: header.dataChecksum))
            offset += header.recordSize
        }
        return records
    }

    /// The bytes of a record's description metadata.
    func metadata(_ record: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes.buffer[record.metadata])
    }

    /// Checks the keys of all records.
    /// - Throws: ``IndexError/damaged(path:offset:reason:)``, or `CancellationError`.
    func verifyData() throws {
        for record in records {
            try Task.checkCancellation()
            let data = UnsafeRawBufferPointer(rebasing: bytes.buffer[record.data])
            guard Checksum.crc32c(data) == record.dataChecksum else {
                throw IndexError.damaged(
                    path: path, offset: record.data.lowerBound, reason: "the checksum of a window's keys is wrong")
            }
        }
    }
}
