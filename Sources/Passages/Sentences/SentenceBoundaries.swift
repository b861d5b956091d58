/// The default sentence boundaries of Unicode (UAX #29, rules SB1 to SB11).
package struct SentenceBoundaries {
    private let text: SentenceText

    package init(_ text: SentenceText) { self.text = text }

    /// Where a sentence ends that the stop at `index` ends, the white space and the paragraph's end behind it included;
    /// nil where it ends none.
    package func end(behindStopAt index: Int) -> Int? {
        let isFullStop = text.property(at: index) == .fullStop
        var end = text.endWithMarks(of: index)
        if isFullStop {
            // SB6 and SB7: "3.14", "U.S".
            if text.property(at: end) == .numeric { return nil }
            if text.property(at: end) == .upper, let before = base(before: index), before == .upper || before == .lower
            {
                return nil
            }
        }
        end = text.end(from: end) { $0 == .close }
        end = text.end(from: end) { $0 == .space }
        if isFullStop, meetsLower(from: end) { return nil }
        if let next = text.property(at: end), next == .continuation || next.isStop { return nil }
        return endOfSeparator(at: end) ?? end
    }

    /// The end of the paragraph separator at `index`, behind which a sentence begins (SB3 and SB4); nil where there is
    /// none.
    package func endOfSeparator(at index: Int) -> Int? {
        guard let property = text.property(at: index), property.endsParagraph else { return nil }
        let end = text.end(of: index)
        return property == .carriageReturn && text.property(at: end) == .lineFeed ? end + 1 : end
    }

    /// The property of the scalar before `index` that marks there belong to.
    private func base(before index: Int) -> SentenceBreakProperty? {
        let start = text.start(before: index, limit: .max) { SentenceBreakProperty($0).isIgnored }
        return text.scalar(before: start).map { SentenceBreakProperty($0) }
    }

    /// Whether a small letter comes before any other letter, stop or paragraph's end (SB8).
    private func meetsLower(from index: Int) -> Bool {
        let index = text.end(from: index) { !$0.isLetter && !$0.endsParagraph && !$0.isStop }
        return text.property(at: index) == .lower
    }
}
