/// A line of a text with its line feed, or a stretch of a line that is too long to be held.
struct Line {
    /// Its bytes; the last line of a text may have no line feed.
    let text: ArraySlice<UInt8>
    /// Where it begins in the text.
    let start: Int
    /// Whether it goes on with the line before it, which was cut for its length: it begins nothing.
    let isContinuation: Bool

    /// Whether nothing stands on it.
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }

    /// What stands on it, without the white space around it.
    var trimmed: ArraySlice<UInt8> { text.trimmed }

    /// How far it is indented, a tab counting up to the next multiple of four.
    var indentation: Int {
        var columns = 0
        for byte in text {
            switch byte {
            case 0x20: columns += 1
            case 0x09: columns += 4 - columns % 4
            default: return columns
            }
        }
        return columns
    }
}

/// Parts a text into lines, in whatever pieces it comes.
struct LineSplitter {
    private var pending: [UInt8] = []
    /// Where ``pending`` begins in the text, and up to where it has been searched for a line feed.
    private var start = 0
    private var searched = 0
    private var isContinuation = false

    /// The lines that are complete with this text.
    mutating func push(_ text: [UInt8]) -> [Line] {
        pending += text
        var lines: [Line] = []
        var from = 0
        while from < pending.count {
            let limit = min(from + TextBlock.longestStretch, pending.count)
            if let feed = pending[max(from, searched)..<limit].firstIndex(of: .lineFeed) {
                lines.append(line(from..<feed + 1))
                isContinuation = false
                from = feed + 1
            } else if limit - from == TextBlock.longestStretch {
                let end = pending.cut(in: from..<limit)
                lines.append(line(from..<end))
                isContinuation = true
                from = end
            } else {
                searched = limit
                break
            }
        }
        if from > 0 {
            pending.removeFirst(from)
            start += from
            searched = max(0, searched - from)
        }
        return lines
    }

    /// The last line, if it has no line feed.
    mutating func finish() -> [Line] {
        defer { pending = [] }
        return pending.isEmpty ? [] : [line(0..<pending.count)]
    }

    private func line(_ range: Range<Int>) -> Line {
        Line(text: pending[range], start: start + range.lowerBound, isContinuation: isContinuation)
    }
}

extension BidirectionalCollection<UInt8> {
    /// Without the white space around it.
    var trimmed: SubSequence {
        var end = endIndex
        let first = firstIndex { !$0.isWhitespace } ?? endIndex
        while end > first {
            let last = index(end, offsetBy: -1)
            guard self[last].isWhitespace else { break }
            end = last
        }
        return self[first..<end]
    }
}

extension [UInt8] {
    /// Where a stretch that is too long is cut: behind the last white space near its end, or before a character.
    func cut(in range: Range<Int>) -> Int {
        let near = Swift.max(range.lowerBound + 1, range.upperBound - 256)
        if near < range.upperBound, let space = self[near..<range.upperBound].lastIndex(where: \.isWhitespace) {
            return space + 1
        }
        // The byte behind the range may not be there yet: what counts is the character that the range ends with.
        var last = range.upperBound - 1
        while last > near, self[last] & 0xC0 == 0x80 { last -= 1 }
        let length = self[last] < 0xC0 ? 1 : self[last] < 0xE0 ? 2 : self[last] < 0xF0 ? 3 : 4
        return last + length > range.upperBound && last > range.lowerBound ? last : range.upperBound
    }
}
