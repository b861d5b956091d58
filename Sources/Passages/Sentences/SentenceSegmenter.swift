import Documents

/// Cuts blocks of text into sentences (step 1 of the paper, "segment").
///
/// In prose, list items and turns a sentence ends
/// - at the stops of all scripts, but not after an abbreviation or an initial, and not before a small letter
///   (``SentenceEnds``);
/// - at a line break that was set on purpose (``LineBreaks``): lists, verse, logs and source code go by line;
/// - behind a comma, a word or a character, when it has grown past ``Segmentation/longestSentence`` (``LongText``).
///
/// A heading and a row of a table are one sentence each, whatever stands in them; source code goes by line. Every block ends its last
/// sentence.
package struct SentenceSegmenter {
    private let segmentation: Segmentation
    /// Text that belongs to no complete sentence yet. A slice keeps its indices while its head is dropped and its tail
    /// grows, so an index into it is an offset in the text.
    private var pending: ArraySlice<UInt8> = []
    private var kind = TextBlock.Kind.prose
    private var level = 0
    private var atPartStart = false
    private var atParagraphStart = true
    private var atBlockStart = true
    private var leadingSpace: [UInt8] = []
    private var lineBreaks: LineBreaks

    /// A segmenter at the start of a document.
    package init(_ segmentation: Segmentation = Segmentation()) {
        self.segmentation = segmentation
        lineBreaks = LineBreaks(segmentation.lines)
    }

    /// The sentences of the next block that are known to be complete.
    /// - Parameter map: Leads from the block's text, and that of an open sentence before it, to the document.
    package mutating func sentences(of block: TextBlock, map: SourceMap) -> [Sentence] {
        var sentences: [Sentence] = []
        if pending.isEmpty {
            kind = block.kind
            level = block.level
            atPartStart = atPartStart || block.startsPart
            atBlockStart = true
        }
        pending.append(contentsOf: block.text)
        if block.continues {
            while pending.count > TextBlock.longestStretch {
                let end = pending.startIndex + TextBlock.longestStretch
                segment(upTo: end, isComplete: false, map: map, into: &sentences)
            }
        } else {
            segment(upTo: pending.endIndex, isComplete: true, map: map, into: &sentences)
        }
        return sentences
    }

    /// Where the text begins that later sentences may hold.
    var openStart: Int { pending.startIndex }

    /// Emits the sentences of the pending text before `end`. Where the stretch is not complete, its last sentence stays
    /// pending, since it may go on.
    private mutating func segment(upTo end: Int, isComplete: Bool, map: SourceMap, into sentences: inout [Sentence]) {
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
            for piece in pieces(of: start..<end) { emit(piece, map: map, into: &sentences) }
            start = end
        }
        pending = pending[start...]
    }

    private mutating func emit(_ range: Range<Int>, map: SourceMap, into sentences: inout [Sentence]) {
        var start = range.lowerBound
        while start < range.upperBound, pending[start].isWhitespace { start += 1 }
        observeSpace(pending[range.lowerBound..<start])
        guard start < range.upperBound else { return }
        var end = range.upperBound
        while pending[end - 1].isWhitespace { end -= 1 }
        let bytes = pending[start..<end]
        sentences.append(
            Sentence(
                textRange: start..<end, source: map.source(of: start..<end), kind: kind, level: level,
                startsParagraph: atParagraphStart,
                startsPassage: atParagraphStart || atPartStart || atBlockStart && kind.standsAlone,
                startsPart: atPartStart,
                leadingSpace: leadingSpace, bytes: Array(bytes)))
        atParagraphStart = false
        atBlockStart = false
        atPartStart = false
        leadingSpace = []
        observeSpace(pending[end..<range.upperBound])
    }

    /// White space may come in several portions; together they say whether a blank line was passed.
    private mutating func observeSpace(_ space: ArraySlice<UInt8>) {
        guard !space.isEmpty else { return }
        if leadingSpace.count < 64 { leadingSpace.append(contentsOf: space.prefix(64)) }
        if leadingSpace.count(where: { $0 == .lineFeed }) > 1 { atParagraphStart = true }
    }

    /// The ends of all lines in a stretch, the last one being the stretch's own end.
    private func lineEnds(in bytes: ArraySlice<UInt8>) -> [Int] {
        let ends = bytes.indices.filter { bytes[$0] == .lineFeed }.map { $0 + 1 }
        return ends.last == bytes.endIndex ? ends : ends + [bytes.endIndex]
    }

    /// The ends of all sentences in a stretch, the last one being the stretch's own end.
    private mutating func sentenceEnds(in bytes: ArraySlice<UInt8>) -> [Int] {
        if kind.isOnePiece { return [bytes.endIndex] }
        if kind == .code { return lineEnds(in: bytes) }
        var ends: [Int] = []
        let rules = SentenceEnds(in: SentenceText(bytes))
        var index = bytes.startIndex
        var lineStart = bytes.startIndex
        while let candidate = SentenceCandidates.first(from: index, in: bytes) {
            if bytes[candidate] == .lineFeed {
                index = candidate + 1
                if lineBreaks.isDeliberate(after: bytes[lineStart..<candidate], before: bytes[index...]) {
                    ends.append(index)
                }
                lineStart = index
                continue
            }
            let start = ends.last ?? bytes.startIndex
            switch rules.verdict(at: candidate, lineStart: lineStart, sentenceStart: start) {
            case .end(let end):
                ends.append(end)
                index = end
            case .none(let end): index = end
            }
        }
        if ends.last != bytes.endIndex { ends.append(bytes.endIndex) }
        return ends
    }

    /// Cuts an over-long range where it reads best.
    private func pieces(of range: Range<Int>) -> [Range<Int>] {
        let longest = max(1, segmentation.longestSentence)
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        while range.upperBound - start > longest {
            // A character that is longer may go on behind the range.
            let cut = min(lastCut(in: pending[start..<start + longest]), range.upperBound)
            pieces.append(start..<cut)
            start = cut
        }
        if start < range.upperBound { pieces.append(start..<range.upperBound) }
        return pieces
    }

    /// The best place to cut text that offers no sentence end.
    private func lastCut(in bytes: ArraySlice<UInt8>) -> Int { LongText.lastCut(in: bytes, of: pending) }
}
