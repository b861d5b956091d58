/// How characters are written as bytes.
public struct TextEncoding: Sendable, Hashable, Codable {
    /// Its usual name: `UTF-8`, `windows-1252`, `Shift_JIS`.
    public let name: String

    /// UTF-8, with a byte order mark or without.
    public static let utf8 = TextEncoding(name: "UTF-8")

    private init(name: String) { self.name = name }
}
