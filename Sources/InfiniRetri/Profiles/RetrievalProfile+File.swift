import Foundation

extension RetrievalProfile {
    /// Reads a profile from a JSON file.
    public init(contentsOf file: URL) throws(ProfileFileError) {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw .unreadable(path: file.path, reason: FileFailure.reason(error))
        }
        do {
            self = try JSONDecoder().decode(RetrievalProfile.self, from: data)
        } catch {
            throw .notAProfile(path: file.path, reason: DecodingFailure.reason(error))
        }
    }

    /// Writes the profile as a line of JSON, whole or not at all.
    public func write(to file: URL) throws(ProfileFileError) {
        do {
            var data = try JSONEncoder.stable.encode(self)
            data.append(0x0A)
            try data.write(to: file, options: .atomic)
        } catch {
            throw .unwritable(path: file.path, reason: FileFailure.reason(error))
        }
    }
}
