/// The smallest piece of a document that is kept or dropped as a whole (step 1 of the paper, "segment").
public struct Sentence: Sendable, Hashable {
    /// Where the sentence stands in its document, in UTF-8 bytes, without the white space around it.
    public let byteRange: Range<Int>
    /// The line on which it begins, counted from 1.
    public let line: Int
    /// Whether it opens a paragraph: it stands first in the document or after a blank line.
    public let startsParagraph: Bool
    /// The white space between the sentence before and this one, as it stands in the document.
    package let leadingSpace: [UInt8]
    /// The bytes of the sentence; they may be invalid UTF-8.
    package let bytes: [UInt8]

    package init(byteRange: Range<Int>, line: Int, startsParagraph: Bool, leadingSpace: [UInt8], bytes: [UInt8]) {
        self.byteRange = byteRange
        self.line = line
        self.startsParagraph = startsParagraph
        self.leadingSpace = leadingSpace
        self.bytes = bytes
    }

    /// The text of the sentence. Invalid UTF-8 is repaired with U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
