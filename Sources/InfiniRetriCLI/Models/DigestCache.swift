import Crypto
import Foundation

/// Digests of large files, kept as long as path, size and time of change stay the same.
struct DigestCache {
    /// Holds a small file for each file whose digest is known.
    var folder: URL

    private struct Entry: Codable {
        var path: String
        var bytes: Int
        var changed: Double
        var sha256: String
    }

    /// The SHA-256 of a file in hexadecimal digits.
    /// - Throws: `CommandError` where the file cannot be read.
    func sha256(of file: URL) throws -> String {
        let file = file.resolvingSymlinksInPath()
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
            let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            let place = folder.appending(path: Self.name(for: file.path))
            if let data = try? Data(contentsOf: place), let entry = try? JSONDecoder().decode(Entry.self, from: data),
                entry.path == file.path, entry.bytes == bytes, entry.changed == changed,
                FileDigest.isSHA256(entry.sha256)
            {
                return entry.sha256
            }
            let digest = try FileDigest.sha256(of: file)
            // What cannot be kept is computed again next time.
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let entry = Entry(path: file.path, bytes: bytes, changed: changed, sha256: digest)
            try? JSONEncoder().encode(entry).write(to: place, options: .atomic)
            return digest
        } catch let error as CancellationError {
            throw error
        } catch {
            throw CommandError("cannot read '\(file.path)': \(FailureMessage.text(of: error))")
        }
    }

    /// A name that is safe for any path.
    private static func name(for path: String) -> String {
        SHA256.hash(data: Data(path.utf8)).prefix(16).map { String(format: "%02x", $0) }.joined() + ".json"
    }
}
