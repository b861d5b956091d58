import Tokenization

/// A stretch of text that the model reads at once: passages in the order of reading (step 2 of the paper, "merge").
package struct Window: Sendable {
    package let passages: [Passage]
    /// The passages' tokens, with a paragraph break wherever the text does not simply go on.
    package let tokens: [TokenID]
    /// For each passage, for each of its sentences, its tokens' positions in ``tokens``.
    package let spans: [[Range<Int>]]

    /// For each passage its tokens' positions.
    package var extents: [Range<Int>] { spans.map { $0[0].lowerBound..<$0[$0.count - 1].upperBound } }

    /// - Parameter paragraphBreak: The tokens of a blank line.
    package init(_ passages: [Passage], paragraphBreak: [TokenID]) {
        var tokens: [TokenID] = []
        var spans: [[Range<Int>]] = []
        var previous: Passage?
        for passage in passages {
            let first = passage.sentences[0]
            if let previous, first.sentence.startsParagraph || !previous.isContinued(by: first) {
                tokens += paragraphBreak
            }
            spans.append(
                passage.sentences.map { sentence in
                    let start = tokens.count
                    tokens += sentence.tokens
                    return start..<tokens.count
                })
            previous = passage
        }
        self.passages = passages
        self.tokens = tokens
        self.spans = spans
    }

    /// Packs passages, in the order of reading, into the fewest windows of at most `size` tokens, all about equally long.
    package static func packing(_ passages: [Passage], size: Int, paragraphBreak: [TokenID]) -> [Window] {
        let total = passages.reduce(0) { $0 + $1.tokenCount + paragraphBreak.count }
        let share = Double(total) / max(1, (Double(total) / Double(size)).rounded(.up))
        var windows: [Window] = []
        var current: [Passage] = []
        var count = 0
        var before = 0
        for passage in passages.sorted(by: Passage.precedes) {
            let length = passage.tokenCount + paragraphBreak.count
            let isFull = Double(before + count) >= share * Double(windows.count + 1)
            if !current.isEmpty, isFull || count + length > size {
                windows.append(Window(current, paragraphBreak: paragraphBreak))
                current = []
                before += count
                count = 0
            }
            current.append(passage)
            count += length
        }
        if !current.isEmpty { windows.append(Window(current, paragraphBreak: paragraphBreak)) }
        return windows
    }
}
