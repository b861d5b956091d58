import Documents

/// The smallest piece of a document that is kept or dropped as a whole (step 1 of the paper, "segment").
public struct Sentence: Sendable, Hashable {
    /// Where it stands in the document's extracted text, in UTF-8 bytes, without the white space around it.
    public let textRange: Range<Int>
    /// Where it stands in the document itself.
    public let source: SourceSpan
    /// The kind of block that it is from.
    package let kind: TextBlock.Kind
    /// Of a heading, how deep it stands below others, from 1; 0 where that is not known.
    package let level: Int
    /// Whether it opens a paragraph: it stands first in the document or after a blank line.
    public let startsParagraph: Bool
    /// Whether a passage must not go across its beginning: it opens a paragraph, a row or a turn.
    package let startsPassage: Bool
    /// Whether it begins something of its own, which nothing before it belongs to: a sheet, a message, a file in an archive.
    package let startsPart: Bool
    /// The white space between the sentence before and this one, as it stands in the text.
    package let leadingSpace: [UInt8]
    /// The bytes of the sentence: valid UTF-8.
    package let bytes: [UInt8]

    package init(
        textRange: Range<Int>, source: SourceSpan, kind: TextBlock.Kind = .prose, level: Int = 0,
        startsParagraph: Bool, startsPassage: Bool? = nil, startsPart: Bool = false, leadingSpace: [UInt8],
        bytes: [UInt8]
    ) {
        self.textRange = textRange
        self.source = source
        self.kind = kind
        self.level = level
        self.startsParagraph = startsParagraph
        self.startsPassage = startsPassage ?? startsParagraph
        self.startsPart = startsPart
        self.leadingSpace = leadingSpace
        self.bytes = bytes
    }

    /// The text of the sentence.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension TextBlock.Kind {
    /// Whether it is one sentence, whatever stands in it.
    var isOnePiece: Bool {
        switch self {
        case .heading, .tableHeader, .tableRow: true
        case .prose, .listItem, .turn, .record, .code: false
        }
    }

    /// Whether a passage must not go across its beginning.
    var standsAlone: Bool {
        switch self {
        case .tableHeader, .tableRow, .turn, .record, .code: true
        case .prose, .heading, .listItem: false
        }
    }
}
