/// How characters are written as bytes.
public struct TextEncoding: Sendable, Hashable, Codable {
    /// Its usual name: `UTF-8`, `windows-1252`, `Shift_JIS`.
    public let name: String

    /// UTF-8, with a byte order mark or without.
    public static let utf8 = TextEncoding(name: "UTF-8")

    /// An encoding by one of its names; nil where none is called so.
    public init?(named name: String) {
        guard name.lowercased() == "utf-8" else { return nil }
        self = .utf8
    }

    /// The usual names of all that are known.
    public static let names = [utf8.name]

    private init(name: String) { self.name = name }
}
