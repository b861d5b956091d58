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

    /// A sentence with its tokens, cut into several where it has more than `longest` of them.
    ///
    /// Tokens may begin and end inside a character, but pieces do not, so that each is text: they are cut where a token
    /// ends with a character. A character of more tokens than `longest` is cut between its scalars, and a scalar never.
    package static func pieces(
        of sentence: Sentence, document: Int, longest: Int, tokenizer: Tokenizer
    ) -> [TokenizedSentence] {
        let space =
            sentence.startsParagraph
            ? sentence.leadingSpace.suffix(while: { $0 != .lineFeed }) : sentence.leadingSpace[...]
        let text = Array(space) + sentence.bytes
        let tokens = tokenizer.encode(utf8: text)
        guard tokens.count > longest else {
            return [TokenizedSentence(document: document, sentence: sentence, tokens: tokens.map(\.id))]
        }
        var pieces: [TokenizedSentence] = []
        var start = 0
        while start < tokens.count {
            let end = cut(tokens, from: start, longest: longest, text: text[...])
            // Token ranges count from the leading space. A piece never begins inside a token, so no byte is lost.
            let lower = start == 0 ? 0 : tokens[start].byteRange.lowerBound - space.count
            let upper = tokens[end - 1].byteRange.upperBound - space.count
            pieces.append(
                TokenizedSentence(
                    document: document, sentence: sentence.part(max(0, lower)..<max(0, upper), isFirst: start == 0),
                    tokens: tokens[start..<end].map(\.id)))
            start = end
        }
        return pieces
    }

    /// Behind which token to end a piece that begins with the token at `start`.
    private static func cut(_ tokens: [Token], from start: Int, longest: Int, text: ArraySlice<UInt8>) -> Int {
        let most = min(start + max(1, longest), tokens.count)
        guard most < tokens.count else { return most }
        // An empty range is that of a token of a rewritten character, and so is its neighbour's.
        func offset(behind count: Int) -> Int? {
            let (last, next) = (tokens[count - 1].byteRange, tokens[count].byteRange)
            return last.isEmpty || next.isEmpty ? nil : next.lowerBound
        }
        let before = stride(from: most, to: start, by: -1).lazy
        if let end = before.first(where: {
            offset(behind: $0).map { CharacterBoundary.isBoundary($0, in: text) } == true
        }) {
            return end
        }
        let isScalarEnd = { (count: Int) in
            offset(behind: count).map { !CharacterBoundary.isContinuation(text[$0]) } == true
        }
        return before.first(where: isScalarEnd) ?? (most..<tokens.count).first(where: isScalarEnd) ?? tokens.count
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
