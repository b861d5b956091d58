import Foundation

/// A data set's file as it was before it was compressed, held open: its lines are read one after the other, and again later.
///
/// What xz or gzip have compressed is unpacked into a temporary file first, which goes with this object.
final class QuestionFile: Sendable {
    /// The file's path, as it was given.
    let path: String
    /// Bytes that are not compressed, from the beginning.
    let handle: FileHandle

    /// Opens a file. How it is compressed, its first bytes say, whatever it is called.
    /// - Throws: `EvaluationError`: it cannot be read, is damaged, or cannot be unpacked here.
    init(path: String) throws(EvaluationError) {
        self.path = path
        let file = try Self.open(path)
        let beginning = try Self.bytes(of: file, in: 0..<512, path: path)
        if let compression = Compression.of(beginning) {
            let unpacked = try Compression.scratchFile()
            try compression.unpack(file, of: path, into: unpacked)
            handle = unpacked.handle
            do {
                try handle.seek(toOffset: 0)
            } catch {
                throw .unreadable(file: path, reason: error.localizedDescription)
            }
        } else if let compression = Compression.named(by: path), !Self.isObject(beginning) {
            // Neither compressed nor lines of JSON: what its name says is the better guess of what it was.
            throw .damaged(file: path, reason: "it does not begin as .\(compression.suffix) files do")
        } else {
            handle = file
        }
    }

    /// The file's name without what it says of form and compression.
    var name: String {
        var url = URL(fileURLWithPath: path)
        if Compression.named(by: path) != nil { url.deletePathExtension() }
        return url.deletingPathExtension().lastPathComponent
    }

    /// Reads bytes again; fewer where the file ends before.
    /// - Throws: `EvaluationError.unreadable`.
    func bytes(in range: Range<Int>) throws(EvaluationError) -> Data {
        try Self.bytes(of: handle, in: range, path: path)
    }

    private static func open(_ path: String) throws(EvaluationError) -> FileHandle {
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(file: path, reason: error.localizedDescription)
        }
        var status = stat()
        guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(file: path, reason: "give a file, neither a folder nor a pipe: its lines are read twice")
        }
        return handle
    }

    /// Leaves the handle's place as it is, which others may be reading from.
    private static func bytes(of handle: FileHandle, in range: Range<Int>, path: String) throws(EvaluationError) -> Data
    {
        var bytes = Data(count: range.count)
        var filled = 0
        while filled < range.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    handle.fileDescriptor, buffer.baseAddress.map { $0 + filled }, range.count - filled,
                    off_t(range.lowerBound + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
            if count == 0 { break }
            filled += count
        }
        return bytes.prefix(filled)
    }

    private static func isObject(_ beginning: Data) -> Bool {
        beginning.first { ![0x09, 0x0A, 0x0D, 0x20].contains($0) } == UInt8(ascii: "{")
    }
}
