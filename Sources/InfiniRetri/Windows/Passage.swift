import Tokenization

/// A sentence with the document it comes from and the tokens that stand for it.
package struct TokenizedSentence: Sendable {
    /// Index of the document among those of the question.
    package let document: Int
    package let sentence: Sentence
    /// The sentence with the white space before it; at the start of a paragraph only with its indentation.
    package let tokens: [TokenID]

    package init(document: Int, sentence: Sentence, tokens: [TokenID]) {
        self.document = document
        self.sentence = sentence
        self.tokens = tokens
    }
}

/// Consecutive sentences of one paragraph that are ranked and kept together. Never empty.
package struct Passage: Sendable {
    package private(set) var sentences: [TokenizedSentence]
    package private(set) var tokenCount: Int

    package init(_ sentence: TokenizedSentence) {
        sentences = [sentence]
        tokenCount = sentence.tokens.count
    }

    package var document: Int { first.document }
    package var byteRange: Range<Int> { first.sentence.byteRange.lowerBound..<last.sentence.byteRange.upperBound }
    package var line: Int { first.sentence.line }

    /// The tokens of its sentences, one behind the other.
    var tokens: [TokenID] { sentences.flatMap(\.tokens) }

    /// The bytes of the document from the first sentence to the last; invalid UTF-8 is repaired with U+FFFD.
    package var text: String {
        var bytes = first.sentence.bytes
        for next in sentences.dropFirst() {
            bytes += next.sentence.leadingSpace
            bytes += next.sentence.bytes
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether some byte belongs to both.
    func overlaps(_ other: Passage) -> Bool { document == other.document && byteRange.overlaps(other.byteRange) }

    /// Whether `next` stands directly behind the passage in its document, with nothing but white space between.
    func isContinued(by next: TokenizedSentence) -> Bool {
        next.document == document
            && next.sentence.byteRange.lowerBound - byteRange.upperBound == next.sentence.leadingSpace.count
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

    /// The order of reading: by document, then by place.
    package static func precedes(_ one: Passage, _ other: Passage) -> Bool {
        (one.document, one.byteRange.lowerBound) < (other.document, other.byteRange.lowerBound)
    }

    private var first: TokenizedSentence { sentences[0] }
    private var last: TokenizedSentence { sentences[sentences.count - 1] }
}
