/// Where a piece of extracted text stands in its document, for people and programs to find it again.
public struct SourceSpan: Sendable, Hashable {
    /// The bytes of the file; nil where the document is no text, or is packed.
    public let byteRange: Range<Int>?
    /// The line on which it begins, counted from 1; nil where there are no lines.
    public let line: Int?
    /// What a format has beside these.
    public let location: Location?

    /// A place from its parts.
    public init(byteRange: Range<Int>?, line: Int?, location: Location? = nil) {
        self.byteRange = byteRange
        self.line = line
        self.location = location
    }
}
