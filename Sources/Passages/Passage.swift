import Documents
import Tokenization

/// Consecutive sentences of one paragraph that are ranked and kept together. Never empty.
package struct Passage: Sendable {
    package private(set) var sentences: [TokenizedSentence]
    package private(set) var tokenCount: Int

    package init(_ sentence: TokenizedSentence) {
        sentences = [sentence]
        tokenCount = sentence.tokens.count
    }

    package var document: Int { first.document }
    /// Where it stands in the document's extracted text.
    package var textRange: Range<Int> { first.sentence.textRange.lowerBound..<last.sentence.textRange.upperBound }
    /// Where it stands in the document itself.
    package var source: SourceSpan {
        let (start, end) = (first.sentence.source, last.sentence.source)
        let bytes = start.byteRange.flatMap { start in
            end.byteRange.map { start.lowerBound..<max(start.lowerBound, $0.upperBound) }
        }
        return SourceSpan(byteRange: bytes, line: start.line, location: start.location)
    }

    /// The tokens of its sentences, concatenated.
    package var tokens: [TokenID] { sentences.flatMap(\.tokens) }

    /// The document's text from the first sentence to the last.
    package var text: String {
        var bytes = first.sentence.bytes
        for next in sentences.dropFirst() {
            bytes += next.sentence.leadingSpace
            bytes += next.sentence.bytes
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether some text belongs to both.
    package func overlaps(_ other: Passage) -> Bool {
        document == other.document && textRange.overlaps(other.textRange)
    }

    /// Whether `next` stands directly behind the passage in its document, with nothing but white space between.
    package func isContinued(by next: TokenizedSentence) -> Bool {
        next.document == document
            && next.sentence.textRange.lowerBound - textRange.upperBound == next.sentence.leadingSpace.count
    }

    package mutating func append(_ sentence: TokenizedSentence) {
        sentences.append(sentence)
        tokenCount += sentence.tokens.count
    }

    /// The passages made of the sentences at `indices`: one for each run of neighbours.
    package func keeping(_ indices: some Sequence<Int>) -> [Passage] {
        var kept: [Passage] = []
        var previous: Int?
        for index in indices.sorted() {
            if let previous, previous + 1 == index {
                kept[kept.count - 1].append(sentences[index])
            } else {
                kept.append(Passage(sentences[index]))
            }
            previous = index
        }
        return kept
    }

    /// Passages and what stands before them, each text once, in the order of reading.
    package static func merged(_ passages: [Passage], context: [Passage]) -> [Passage] {
        context.reduce(into: passages) { merged, sentence in
            if !merged.contains(where: { $0.overlaps(sentence) }) { merged.append(sentence) }
        }.sorted(by: precedes)
    }

    /// The order of reading: by document, then by place.
    package static func precedes(_ one: Passage, _ other: Passage) -> Bool {
        (one.document, one.textRange.lowerBound) < (other.document, other.textRange.lowerBound)
    }

    private var first: TokenizedSentence { sentences[0] }
    private var last: TokenizedSentence { sentences[sentences.count - 1] }
}
