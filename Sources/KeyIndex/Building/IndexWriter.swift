import Files
import Foundation

/// The one writer of an index file. Records are appended, each with one call and then made durable; nothing is changed.
final class IndexWriter {
    let path: String
    let description: IndexDescription
    /// What the file holds so far; kept up by ``reload()``.
    private(set) var catalog: IndexCatalog
    /// The file as it was when opened or last reloaded.
    private(set) var file: IndexFile
    private let descriptor: Int32

    /// Opens or makes an index, and takes its lock, which lasts as long as the object.
    /// - Parameter description: What a new file is made with; an existing one must serve it. Nil opens an existing one.
    /// - Throws: ``IndexError``.
    init(path: String, description: IndexDescription?) throws {
        self.path = path
        descriptor = try Self.lock(path: path, creating: description != nil)
        do {
            let file = try Self.file(path: path, descriptor: descriptor, description: description)
            if let description { try file.description.checkContinues(description, path: path) }
            self.file = file
            self.description = file.description
            catalog = try IndexCatalog(file)
            if file.incompleteBytes > 0, ftruncate(descriptor, off_t(file.end)) != 0 {
                throw IndexError.inaccessible(path: path, reason: SystemError.last.reason)
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// The file as it is, or begun with the description where nothing is stored in it yet.
    private static func file(path: String, descriptor: Int32, description: IndexDescription?) throws -> IndexFile {
        do {
            return try IndexFile(path: path, descriptor: descriptor)
        } catch IndexError.nothingStored(let path, let bytes) {
            guard let description else { throw IndexError.nothingStored(path: path, bytes: bytes) }
            guard ftruncate(descriptor, 0) == 0 else {
                throw IndexError.inaccessible(path: path, reason: SystemError.last.reason)
            }
            try append(IndexRecord.bytes(.description, metadata: description.encoded()), to: descriptor, path: path)
            return try IndexFile(path: path, descriptor: descriptor)
        }
    }

    /// Appends a record.
    func append(_ kind: IndexRecord.Kind, metadata: [UInt8], data: [UInt8] = []) throws {
        try append(IndexRecord.bytes(kind, metadata: metadata, data: data))
    }

    /// Appends a whole record.
    func append(_ record: some Collection<UInt8>) throws {
        try Self.append(Array(record), to: descriptor, path: path)
    }

    /// Reads what has been appended.
    func reload() throws {
        file = try IndexFile(path: path, descriptor: descriptor)
        catalog = try IndexCatalog(file)
    }

    private static func append(_ record: [UInt8], to descriptor: Int32, path: String) throws {
        var offset = lseek(descriptor, 0, SEEK_END)
        guard offset >= 0 else { throw IndexError.inaccessible(path: path, reason: SystemError.last.reason) }
        var rest = record[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw IndexError.inaccessible(path: path, reason: "writing failed: \(SystemError.last.reason)")
            }
            rest = rest.dropFirst(written)
            offset += off_t(written)
        }
        guard fsync(descriptor) == 0 else {
            throw IndexError.inaccessible(path: path, reason: "writing failed: \(SystemError.last.reason)")
        }
    }

    /// Opens the file and locks it. The lock goes with the process, however it ends.
    private static func lock(path: String, creating: Bool) throws -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o644)
            guard descriptor >= 0 else {
                throw errno == ENOENT
                    ? IndexError.notFound(path: path)
                    : IndexError.inaccessible(path: path, reason: SystemError.last.reason)
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw IndexError.locked(path: path)
            }
            // A compaction may have put another file in its place before the lock was taken.
            var (held, named) = (stat(), stat())
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino,
                held.st_dev == named.st_dev
            {
                return descriptor
            }
            close(descriptor)
        }
    }
}
