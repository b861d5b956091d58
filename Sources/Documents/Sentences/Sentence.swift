/// The smallest piece of a document that is kept or dropped as a whole (step 1 of the paper, "segment").
public struct Sentence: Sendable, Hashable {
    /// Where it stands in the document's extracted text, in UTF-8 bytes, without the white space around it.
    public let textRange: Range<Int>
    /// Where it stands in the document itself.
    public let source: SourceSpan
    /// The kind of block that it is from.
    package let kind: TextBlock.Kind
    /// Whether it opens a paragraph: it stands first in the document or after a blank line.
    public let startsParagraph: Bool
    /// Whether a passage must not go across its beginning: it opens a paragraph, a row or a turn.
    package let startsPassage: Bool
    /// The white space between the sentence before and this one, as it stands in the text.
    package let leadingSpace: [UInt8]
    /// The bytes of the sentence: valid UTF-8.
    package let bytes: [UInt8]

    package init(
        textRange: Range<Int>, source: SourceSpan, kind: TextBlock.Kind = .prose, startsParagraph: Bool,
        startsPassage: Bool? = nil, leadingSpace: [UInt8], bytes: [UInt8]
    ) {
        self.textRange = textRange
        self.source = source
        self.kind = kind
        self.startsParagraph = startsParagraph
        self.startsPassage = startsPassage ?? startsParagraph
        self.leadingSpace = leadingSpace
        self.bytes = bytes
    }

    /// The text of the sentence.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Sentence {
    /// All sentences of a text that stands in memory.
    /// - Parameters:
    ///   - bytes: As a file holds them.
    ///   - blockSize: Bytes that are looked at at once, which changes nothing.
    package static func all(
        in bytes: [UInt8], segmentation: Segmentation = Segmentation(), blockSize: Int = .max
    ) -> [Sentence] {
        var decoder = TextDecoder()
        var segmenter = SentenceSegmenter(segmentation)
        var parser: any BlockParser = TextFormat.detect(bytes.prefix(TextFormat.headSize), name: "").makeParser()
        var sentences: [Sentence] = []
        for start in stride(from: 0, to: bytes.count, by: min(blockSize, max(1, bytes.count))) {
            let text = decoder.push(Array(bytes[start...].prefix(blockSize)))
            for block in parser.push(text) { sentences += segmenter.sentences(of: block, map: decoder.map) }
        }
        for block in parser.push(decoder.finish()) + parser.finish() {
            sentences += segmenter.sentences(of: block, map: decoder.map)
        }
        return sentences
    }
}
