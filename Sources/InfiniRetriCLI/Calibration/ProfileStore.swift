import Foundation
import InfiniRetri

/// The profiles that calibrations on this machine found, by the SHA-256 of the model file: `profiles/<digest>.json`.
struct ProfileStore {
    var folder = CacheFolder.url.appending(path: "profiles", directoryHint: .isDirectory)

    /// The profile of a model; nil where it was never calibrated.
    func profile(forModelAt path: String) throws -> RetrievalProfile? {
        // Without any profile there is no reason to read a large model file.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard names.contains(where: { $0.hasSuffix(".json") }) else { return nil }
        let file = try self.file(forModelAt: path)
        return FileManager.default.fileExists(atPath: file.path) ? try ProfileFile.read(file) : nil
    }

    /// Keeps the profile of a model, in place of an earlier one.
    /// - Returns: The file.
    func store(_ profile: RetrievalProfile, forModelAt path: String) throws -> URL {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandError("cannot make the folder '\(folder.path)': \(FailureMessage.text(of: error))")
        }
        let file = try self.file(forModelAt: path)
        try ProfileFile.write(profile, to: file)
        return file
    }

    private func file(forModelAt path: String) throws -> URL {
        let digests = DigestCache(folder: folder.appending(path: "digests", directoryHint: .isDirectory))
        return folder.appending(path: "\(try digests.sha256(of: URL(fileURLWithPath: path))).json")
    }
}
