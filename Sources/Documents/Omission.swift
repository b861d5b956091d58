/// Something that was not read, or not as it stands, and why.
public struct Omission: Sendable, Hashable, Codable {
    /// The document, file or folder.
    public var document: String
    /// Where in it, if that is not all of it.
    public var location: Location?
    /// Why, in words for people: `needs a password`.
    public var reason: String
    /// What kind of fact it is.
    public var kind: Kind

    /// Whether text is missing.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// It was not read: its text can be no evidence.
        case skipped
        /// It was read, but there is something to know: a guessed encoding, characters replaced.
        case note
        /// It is left out because somebody wants that: hidden, ignored, filtered.
        case ignored
    }

    /// An omission from its parts.
    public init(_ kind: Kind, _ document: String, location: Location? = nil, reason: String) {
        self.kind = kind
        self.document = document
        self.location = location
        self.reason = reason
    }
}
