import Inference
import Tokenization
import Transformer

/// All stretches of a passage that begin at one place, as one continuation of a prompt: the shorter are prefixes of the longer.
struct SpanContinuation {
    /// The tokens of the longest.
    let tokens: [TokenID]
    /// For each stretch how many of the tokens it has, and its UTF-8 bytes in the passage.
    let spans: [(tokens: Int, range: Range<Int>)]

    /// Nil where no word ends within `longest` tokens.
    /// - Parameters:
    ///   - text: The passage.
    ///   - words: Where its words end.
    ///   - heading: What the model sees before an answer: words are tokenized as they are behind it.
    init?(
        text: [UInt8], start: Int, words: WordBoundaries, heading: String, longest: Int,
        tokenizer: Tokenizer
    ) {
        let before = Array(heading.utf8)
        // No token of a vocabulary is longer than a few dozen bytes; what is cut here would not be reached.
        let rest = text[start..<min(text.count, start + longest * 32)]
        let all = tokenizer.encode(utf8: before + [UInt8(ascii: " ")] + rest)
        let behind = all.drop { $0.byteRange.lowerBound < before.count }.prefix(longest)
        let offset = start - before.count - 1
        let spans = behind.enumerated().compactMap { index, token -> (tokens: Int, range: Range<Int>)? in
            let end = token.byteRange.upperBound + offset
            return end > start && words.ends.contains(end) ? (index + 1, start..<end) : nil
        }
        guard let last = spans.last else { return nil }
        self.spans = spans
        tokens = behind.prefix(last.tokens).map(\.id)
    }

    /// The continuation of what a cache holds, and what is asked of it: how probable each token but the first is, then an end
    /// behind each stretch.
    func continuation(behind count: Int, end: TokenID) -> PrefixedPasses.Continuation {
        PrefixedPasses.Continuation(
            tokens,
            outputs: .logProbabilities(
                tokens.indices.dropFirst().map { NextToken(tokens[$0], behind: count + $0 - 1) }
                    + spans.map { NextToken(end, behind: count + $0.tokens - 1) }))
    }

    /// The log-probability of each stretch with an end behind it.
    /// - Parameters:
    ///   - first: That of the first token.
    ///   - found: What was asked for.
    func logProbabilities(first: Double, _ found: [Double]) -> [Double] {
        var sums = [first]
        for value in found.prefix(tokens.count - 1) { sums.append(sums[sums.count - 1] + value) }
        return zip(spans, found.suffix(spans.count)).map { span, end in sums[span.tokens - 1] + end }
    }
}
