/// Cuts a stream of bytes into sentences (step 1 of the paper, "segment").
///
/// A sentence ends
/// - at `.`, `?` or `!` before white space, but not after an abbreviation or an initial, and not before a small letter;
/// - at the full stops of other scripts (`。！？` and their like), wherever they stand;
/// - at a blank line, which also ends the paragraph;
/// - at a line break that was set on purpose (``LineBreaks``): lists, verse, logs and source code go by line;
/// - at a space, when it has grown past ``longestSentence``.
///
/// Memory is bounded by one stretch of text of at most ``longestStretch`` bytes, whatever the length of a line.
public struct SentenceSegmenter {
    /// Longest sentence in bytes; longer ones are cut at the last space, or else between two characters.
    public static let longestSentence = 2_000
    /// Bytes that are held back at most while the end of a paragraph is awaited.
    static let longestStretch = 1 << 14

    /// Bytes that belong to no complete sentence yet. A slice keeps its indices while its head is dropped and its tail
    /// grows, so an index into it is an offset in the document.
    private var pending: ArraySlice<UInt8> = []
    /// Up to where ``pending`` has been searched for a blank line.
    private var searched = 0
    private var line = 1
    private var atParagraphStart = true
    private var leadingSpace: [UInt8] = []
    private var lineBreaks = LineBreaks()

    /// A segmenter at the start of a document.
    public init() {}

    /// Takes the next bytes of the document.
    /// - Returns: The sentences that are now known to be complete.
    public mutating func push(_ bytes: some Sequence<UInt8>) -> [Sentence] {
        pending.append(contentsOf: bytes)
        if pending.startIndex == 0, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        var sentences: [Sentence] = []
        while let end = endOfParagraph() {
            segment(upTo: end, isComplete: true, into: &sentences)
        }
        while pending.count > Self.longestStretch {
            segment(upTo: pending.startIndex + Self.longestStretch, isComplete: false, into: &sentences)
        }
        return sentences
    }

    /// Ends the document.
    /// - Returns: The sentences that were still open.
    public mutating func finish() -> [Sentence] {
        var sentences: [Sentence] = []
        while !pending.isEmpty {
            let end = min(pending.endIndex, pending.startIndex + Self.longestStretch)
            segment(upTo: end, isComplete: end == pending.endIndex, into: &sentences)
        }
        return sentences
    }

    /// Just behind the first blank line (two line feeds with nothing but blanks between) that has text before it.
    private mutating func endOfParagraph() -> Int? {
        var index = max(searched, pending.startIndex)
        while let lineFeed = pending[index...].firstIndex(of: .lineFeed) {
            var next = lineFeed + 1
            while next < pending.endIndex, pending[next].isBlank { next += 1 }
            if next == pending.endIndex {
                searched = lineFeed
                return nil
            }
            if pending[next] == .lineFeed {
                return next + 1
            }
            index = next
        }
        searched = pending.endIndex
        return nil
    }

    /// Emits the sentences of the pending bytes before `end`. Where the stretch is not complete, its last sentence stays
    /// pending, since it may go on.
    private mutating func segment(upTo end: Int, isComplete: Bool, into sentences: inout [Sentence]) {
        var ends = sentenceEnds(in: pending[..<end])
        if !isComplete {
            if ends.count > 1 {
                ends.removeLast()
            } else {
                ends = [lastCut(in: pending[..<end])]
            }
        }
        var start = pending.startIndex
        for end in ends {
            for piece in pieces(of: start..<end) { emit(piece, into: &sentences) }
            start = end
        }
        pending = pending[start...]
    }

    private mutating func emit(_ range: Range<Int>, into sentences: inout [Sentence]) {
        var start = range.lowerBound
        while start < range.upperBound, pending[start].isWhitespace { start += 1 }
        noteSpace(pending[range.lowerBound..<start])
        guard start < range.upperBound else { return }
        var end = range.upperBound
        while pending[end - 1].isWhitespace { end -= 1 }
        let bytes = pending[start..<end]
        sentences.append(
            Sentence(
                byteRange: start..<end, line: line, startsParagraph: atParagraphStart,
                leadingSpace: leadingSpace, bytes: Array(bytes)))
        atParagraphStart = false
        leadingSpace = []
        line += bytes.count(where: { $0 == .lineFeed })
        noteSpace(pending[end..<range.upperBound])
    }

    /// White space may come in several portions; together they say whether a blank line was passed.
    private mutating func noteSpace(_ space: ArraySlice<UInt8>) {
        guard !space.isEmpty else { return }
        line += space.count(where: { $0 == .lineFeed })
        if leadingSpace.count < 64 { leadingSpace.append(contentsOf: space.prefix(64)) }
        if leadingSpace.count(where: { $0 == .lineFeed }) > 1 { atParagraphStart = true }
    }

    /// The ends of all sentences in a stretch, the last one being the stretch's own end.
    private mutating func sentenceEnds(in bytes: ArraySlice<UInt8>) -> [Int] {
        var ends: [Int] = []
        var index = bytes.startIndex
        var lineStart = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == .lineFeed {
                if lineBreaks.isDeliberate(after: bytes[lineStart..<index], before: bytes[(index + 1)...]) {
                    ends.append(index + 1)
                }
                lineStart = index + 1
                index += 1
            } else if let end = SentencePunctuation.end(of: bytes, at: index, lineStart: lineStart) {
                ends.append(end)
                index = end
            } else {
                index += 1
            }
        }
        if ends.last != bytes.endIndex { ends.append(bytes.endIndex) }
        return ends
    }

    /// Cuts an over-long range at spaces.
    private func pieces(of range: Range<Int>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        while range.upperBound - start > Self.longestSentence {
            let cut = lastCut(in: pending[start..<start + Self.longestSentence])
            pieces.append(start..<cut)
            start = cut
        }
        pieces.append(start..<range.upperBound)
        return pieces
    }

    /// The best place to cut text that offers no sentence end: behind the last white space of its second half, else
    /// between two UTF-8 sequences.
    private func lastCut(in bytes: ArraySlice<UInt8>) -> Int {
        let half = bytes.startIndex + bytes.count / 2
        if let space = bytes[half...].lastIndex(where: \.isWhitespace) { return space + 1 }
        var cut = bytes.endIndex
        // A continuation byte is 10xxxxxx; a sequence has at most three of them.
        for _ in 0..<3 where cut < pending.endIndex && pending[cut] & 0xC0 == 0x80 { cut -= 1 }
        return cut
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")

    /// White space within a line.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
    var isWhitespace: Bool { isBlank || (0x0A...0x0C).contains(self) }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isSmallLetter: Bool { (0x61...0x7A).contains(self) }
    var isCapitalLetter: Bool { (0x41...0x5A).contains(self) }
    /// Bytes of other scripts count as letters: they are parts of words far more often than not.
    var isLetter: Bool { isSmallLetter || isCapitalLetter || self >= 0x80 }
}
