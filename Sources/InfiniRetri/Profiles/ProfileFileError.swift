/// Why a profile cannot be read from a file or written to one.
public enum ProfileFileError: Error, Equatable, CustomStringConvertible {
    /// The file, or the folder of stored profiles, cannot be read.
    case unreadable(path: String, reason: String)
    /// The file holds something else.
    case notAProfile(path: String, reason: String)
    /// The file, or its folder, cannot be written.
    case unwritable(path: String, reason: String)

    /// One line that names the file.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read the profile in '\(path)': \(reason)"
        case .notAProfile(let path, let reason): "'\(path)' is not a retrieval profile: \(reason)"
        case .unwritable(let path, let reason): "cannot write the profile to '\(path)': \(reason)"
        }
    }
}
