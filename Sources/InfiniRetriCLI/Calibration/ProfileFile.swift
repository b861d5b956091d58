import Evaluation
import Foundation
import InfiniRetri

/// Retrieval profiles as JSON files.
enum ProfileFile {
    static func read(_ url: URL) throws -> RetrievalProfile {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw CommandError("cannot read the profile '\(url.path)': \(FailureMessage.text(of: error))")
        }
        do {
            return try JSONDecoder().decode(RetrievalProfile.self, from: data)
        } catch {
            throw CommandError("'\(url.path)' is not a retrieval profile: \(FailureMessage.text(of: error))")
        }
    }

    /// Writes it whole or not at all.
    static func write(_ profile: RetrievalProfile, to url: URL) throws {
        do {
            var data = try JSONEncoder.stable.encode(profile)
            data.append(0x0A)
            try data.write(to: url, options: .atomic)
        } catch {
            throw CommandError("cannot write the profile to '\(url.path)': \(FailureMessage.text(of: error))")
        }
    }
}
