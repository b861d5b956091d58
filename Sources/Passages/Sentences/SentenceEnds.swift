/// Where sentences end in a stretch of text: the boundaries of Unicode (``SentenceBoundaries``), tailored to real text.
///
/// - Stops of scripts that write no space behind them (`。！？।`) end sentences wherever they stand, as UAX #29 has it;
///   but not within brackets that opened inside of the sentence, and not where Japanese goes on with "she said".
/// - `.`, `?`, `!`, `…` and their like end sentences before white space only, as in "Node.js" and "a?b=c".
/// - A full stop that belongs to its word ends none (``FullStop``), nor does one before a small letter.
/// - The Greek question mark looks like a semicolon and counts as one elsewhere.
/// - Thai, Lao and Khmer part sentences with spaces, but phrases too, so a space ends a sentence that is long already.
struct SentenceEnds {
    /// What a candidate comes to.
    enum Verdict {
        /// A sentence ends at an offset: behind the stop's closing quotes and brackets.
        case end(Int)
        /// None ends before an offset.
        case none(before: Int)
    }

    private let text: SentenceText
    private let boundaries: SentenceBoundaries

    init(in text: SentenceText) {
        self.text = text
        boundaries = SentenceBoundaries(text)
    }

    /// Whether the candidate at `index` (see ``SentenceCandidates``) ends a sentence.
    /// - Parameters:
    ///   - lineStart: Where its line begins.
    ///   - sentenceStart: Where its sentence begins.
    func verdict(at index: Int, lineStart: Int, sentenceStart: Int) -> Verdict {
        let scalar = text.scalar(at: index)
        let marks = marksEnd(from: index)
        if marks > index {
            let end =
                isSpaced(index..<marks)
                ? spacedEnd(index..<marks, lineStart: lineStart, sentenceStart: sentenceStart)
                : unspacedEnd(index..<marks, sentenceStart: sentenceStart)
            return end.map { .end(atCharacter($0)) } ?? .none(before: marks)
        }
        let behind = text.endWithMarks(of: index)
        if Self.isGreekQuestionMark(scalar), let end = greekEnd(from: index) { return .end(atCharacter(end)) }
        if SentenceBreakProperty(scalar) == .separator { return .end(text.end(of: index)) }
        if Scripts.hasSpacesForStops(scalar), behind - sentenceStart >= Self.longPhrase, isPhraseEnd(behind) {
            return .end(atCharacter(behind))
        }
        return .none(before: behind)
    }

    /// The end of the run of stops at `index`.
    private func marksEnd(from index: Int) -> Int {
        var end = index
        while let property = text.property(at: end), property.isStop || Scripts.isFurtherStop(text.scalar(at: end)) {
            end = text.endWithMarks(of: end)
        }
        return end
    }

    /// Whether all stops are such as white space follows.
    private func isSpaced(_ marks: Range<Int>) -> Bool {
        var index = marks.lowerBound
        while index < marks.upperBound {
            guard Self.isSpacedStop(text.scalar(at: index)) else { return false }
            index = text.endWithMarks(of: index)
        }
        // "本当?はい": people type ASCII marks among ideographs.
        guard let before = text.scalar(before: marks.lowerBound), before >= 0x80,
            marks.upperBound < text.bytes.endIndex,
            text.scalar(at: marks.lowerBound) != Self.ellipsis
        else { return true }
        return !(Scripts.isIdeographic(before) && Scripts.isIdeographic(text.scalar(at: marks.upperBound)))
    }

    private func unspacedEnd(_ marks: Range<Int>, sentenceStart: Int) -> Int? {
        let end = closersEnd(from: marks.upperBound, needsSpace: false)
        guard text.property(at: end) != nil else { return text.bytes.endIndex }
        if text.property(at: marks.upperBound) == .numeric, isNumber(before: marks.lowerBound) { return nil }
        let last = text.start(of: marks.upperBound)
        // The boundary is beyond the closing marks and may lie behind opening ones; what matters is whether there is
        // one.
        guard text.property(at: last)?.isStop != true || boundaries.end(behindStopAt: last) != nil else { return nil }
        guard end > marks.upperBound else { return end }
        let closer = text.scalar(at: text.start(of: end))
        if Scripts.isQuotingParticle(text.scalar(at: end)) { return nil }
        return isInsideBrackets(closedBy: closer, before: marks.lowerBound, sentenceStart: sentenceStart) ? nil : end
    }

    private func spacedEnd(_ marks: Range<Int>, lineStart: Int, sentenceStart: Int) -> Int? {
        let end = closersEnd(from: marks.upperBound, needsSpace: true)
        guard end < text.bytes.endIndex else { return end }
        guard text.property(at: end).map({ $0 == .space || $0.endsParagraph }) == true else { return nil }
        let start = text.end(from: end) { $0 == .space || $0.endsParagraph }
        // What follows is not known: if nothing does, the text's own end is the sentence's.
        guard start < text.bytes.endIndex else { return nil }
        let next = SentenceStart(in: text, at: start)
        if next.goesOn { return nil }
        let mark = text.scalar(at: marks.lowerBound)
        let isFull = text.property(at: marks.lowerBound) == .fullStop
        // "3 p.m. on Friday", "'Why?' he said", "Why? — he said": a sentence does not begin with a small letter.
        if next.kind == .small, isFull || mark == Self.ellipsis || end > marks.upperBound || next.isBehindDash {
            return nil
        }
        if isFull, text.end(of: marks.lowerBound) == marks.upperBound,
            FullStop(in: text, at: marks.lowerBound, next: next, start: max(lineStart, sentenceStart)).belongsToWord
        {
            return nil
        }
        return end
    }

    /// The end of a question in Greek.
    private func greekEnd(from index: Int) -> Int? {
        guard let before = text.scalar(before: index), Scripts.isGreek(before) else { return nil }
        let end = closersEnd(from: text.end(of: index), needsSpace: true)
        guard let space = text.property(at: end) else { return end }
        guard space == .space || space.endsParagraph else { return nil }
        let start = text.end(from: end) { $0 == .space || $0.endsParagraph }
        return SentenceStart(in: text, at: start).kind == .small ? nil : end
    }

    /// The end of closing quotes and brackets behind a stop. Marks that open as well as close count where nothing is
    /// opened: no letter follows.
    private func closersEnd(from index: Int, needsSpace: Bool) -> Int {
        var end = index
        while end < text.bytes.endIndex {
            let scalar = text.scalar(at: end)
            let behind = text.endWithMarks(of: end)
            let closes =
                ClosingMarks.closesAlways(scalar)
                || (needsSpace || endsText(behind)) && ClosingMarks.closesSometimes(scalar)
            if closes {
                end = behind
            } else if let note = noteEnd(from: end) {
                end = note
            } else {
                break
            }
        }
        // French sets its closing quotes off: "Où ? » dit-elle".
        if text.property(at: end) == .space {
            let quote = text.end(of: end)
            if quote < text.bytes.endIndex, text.scalar(at: quote) == 0xBB, endsText(text.end(of: quote)) {
                return text.end(of: quote)
            }
        }
        return end
    }

    /// The end of a note's number in brackets behind a stop, as in "It fell.[12] Then".
    private func noteEnd(from index: Int) -> Int? {
        guard text.bytes[index] == UInt8(ascii: "[") else { return nil }
        let digits = text.bytes[(index + 1)...].prefix(4).prefix(while: \.isDigit)
        guard !digits.isEmpty, digits.endIndex < text.bytes.endIndex, text.bytes[digits.endIndex] == UInt8(ascii: "]")
        else {
            return nil
        }
        return digits.endIndex + 1
    }

    /// Whether neither a letter nor a digit stands at `index`, and nothing that could open a quote before one.
    private func endsText(_ index: Int) -> Bool {
        guard let property = text.property(at: index) else { return true }
        return property == .space || property.endsParagraph || property.isStop || property == .continuation
    }

    private func isNumber(before index: Int) -> Bool {
        text.scalar(before: index).map { SentenceBreakProperty($0) } == .numeric
    }

    /// Whether the round bracket that `closer` closes was opened inside of the sentence.
    private func isInsideBrackets(closedBy closer: UInt32, before index: Int, sentenceStart: Int) -> Bool {
        guard closer == 0x29 || closer == 0xFF09 else { return false }
        let lower = max(sentenceStart, text.bytes.startIndex)
        let content = text.start(before: index, limit: Self.longestBrackets) { $0 != 0x28 && $0 != 0xFF08 }
        return content > lower + 3
    }

    /// Whether a space between two words of a script without stops begins at `index`.
    private func isPhraseEnd(_ index: Int) -> Bool {
        guard text.property(at: index) == .space else { return false }
        let next = text.end(from: index) { $0 == .space }
        return next < text.bytes.endIndex && Scripts.hasSpacesForStops(text.scalar(at: next))
    }

    /// An end that would be inside of a character is moved behind it.
    private func atCharacter(_ end: Int) -> Int { CharacterBoundary.first(from: end, in: text.bytes) }

    private static func isGreekQuestionMark(_ scalar: UInt32) -> Bool { scalar == 0x3B || scalar == 0x37E }
    private static var ellipsis: UInt32 { 0x2026 }
    /// Whether a stop is one of `. ! ?`, dot leader, small full stop, `… ‼ ‽ ⁇ ⁈ ⁉ ⸮`.
    private static func isSpacedStop(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2E, 0x21, 0x3F, 0x2024, 0xFE52, ellipsis, 0x203C, 0x203D, 0x2047...0x2049, 0x2E2E: true
        default: false
        }
    }

    /// Bytes of a sentence in which a space ends it, in scripts that write no stops.
    private static let longPhrase = 200
    /// Bytes of what stands in brackets that are looked at.
    private static let longestBrackets = 400
}
