import Foundation
import ModelFormat

/// Checks a fetched file and moves it to its place, so that a file under its final name is always whole.
enum Installation {
    /// - Parameters:
    ///   - file: In the same folder as `destination`.
    ///   - sha256: The digest wanted, or nil when none is known.
    /// - Throws: `CommandError` when the digest differs or the file is no sound GGUF file; then `file` is removed.
    static func install(_ file: URL, as destination: URL, sha256: String?) throws {
        do {
            if let sha256 {
                let found = try FileDigest.sha256(of: file)
                guard found == sha256.lowercased() else {
                    throw CommandError(
                        "\(destination.lastPathComponent): the SHA-256 is \(found), not \(sha256.lowercased()); "
                            + "the file is damaged or another version, and was removed")
                }
            }
            do {
                _ = try GGUFFile(path: file.path)
            } catch {
                throw CommandError("\(destination.lastPathComponent) is not a usable model and was removed: \(error)")
            }
        } catch let error as CommandError {
            try? FileManager.default.removeItem(at: file)
            throw error
        }
        try synchronize(file.path)
        guard rename(file.path, destination.path) == 0 else {
            throw CommandError("cannot move the model to \(destination.path): \(String(cString: strerror(errno)))")
        }
        try synchronize(destination.deletingLastPathComponent().path)
    }

    /// Waits until a file or folder is on the disk.
    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw CommandError("cannot open \(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw CommandError("cannot write \(path) to the disk: \(String(cString: strerror(errno)))")
        }
    }
}
