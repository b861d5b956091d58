import Documents
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

    /// A sentence with its tokens, cut into several between two tokens where it has more than `longest` of them.
    package static func pieces(
        of sentence: Sentence, document: Int, longest: Int, tokenizer: Tokenizer
    ) -> [TokenizedSentence] {
        let space =
            sentence.startsParagraph
            ? sentence.leadingSpace.suffix(while: { $0 != .lineFeed }) : sentence.leadingSpace[...]
        let tokens = tokenizer.encode(utf8: space + sentence.bytes)
        guard tokens.count > longest else {
            return [TokenizedSentence(document: document, sentence: sentence, tokens: tokens.map(\.id))]
        }
        return stride(from: 0, to: tokens.count, by: longest).map { start in
            let piece = tokens[start..<min(start + longest, tokens.count)]
            // Token ranges count from the leading space. A piece never begins inside a token, so no byte is lost.
            let lower = start == 0 ? 0 : tokens[start].byteRange.lowerBound - space.count
            let upper = tokens[piece.endIndex - 1].byteRange.upperBound - space.count
            return TokenizedSentence(
                document: document, sentence: sentence.part(max(0, lower)..<max(0, upper), isFirst: start == 0),
                tokens: piece.map(\.id))
        }
    }
}

extension Sentence {
    /// A part of the sentence, as a sentence.
    /// - Parameter range: Its bytes among the sentence's.
    fileprivate func part(_ range: Range<Int>, isFirst: Bool) -> Sentence {
        let start = textRange.lowerBound
        // Text that was repaired or decoded runs not in step with the file's bytes; then every part names all of them.
        let bytesBefore = source.byteRange.map { bytes in
            bytes.count == textRange.count
                ? bytes.lowerBound + range.lowerBound..<bytes.lowerBound + range.upperBound : bytes
        }
        let linesBefore = bytes[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") }
        return Sentence(
            textRange: start + range.lowerBound..<start + range.upperBound,
            source: SourceSpan(
                byteRange: bytesBefore, line: source.line.map { $0 + linesBefore }, location: source.location),
            kind: kind, level: level, startsParagraph: isFirst && startsParagraph,
            startsPassage: isFirst && startsPassage, startsPart: isFirst && startsPart,
            leadingSpace: isFirst ? leadingSpace : [],
            bytes: Array(bytes[range]))
    }
}

extension Array {
    /// The longest tail whose elements all satisfy `predicate`.
    func suffix(while predicate: (Element) -> Bool) -> ArraySlice<Element> {
        self[(lastIndex { !predicate($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
