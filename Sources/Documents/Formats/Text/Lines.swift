/// A line of a text with its line feed, or a stretch of a line that is too long to be held.
struct Line {
    /// Its bytes; the last line of a text may have no line feed. Its indices are offsets in the text.
    let text: ArraySlice<UInt8>
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
    /// A slice keeps its indices while its head is dropped and its tail grows, so an index into it is an offset in
    /// the text.
    private var pending: ArraySlice<UInt8> = []
    /// Up to where it has been searched for a line feed.
    private var searched = 0
    private var isContinuation = false

    /// The lines that are complete with this text.
    mutating func push(_ text: [UInt8]) -> [Line] {
        pending += text
        var lines: [Line] = []
        var from = pending.startIndex
        while from < pending.endIndex {
            let limit = min(from + TextBlock.longestStretch, pending.endIndex)
            if let feed = pending[max(from, searched)..<limit].firstIndex(of: .lineFeed) {
                lines.append(Line(text: pending[from...feed], isContinuation: isContinuation))
                isContinuation = false
                from = feed + 1
            } else if limit - from == TextBlock.longestStretch {
                let end = pending[from..<limit].cut
                lines.append(Line(text: pending[from..<end], isContinuation: isContinuation))
                isContinuation = true
                from = end
            } else {
                searched = limit
                break
            }
        }
        pending = pending[from...]
        return lines
    }

    /// The last line, if it has no line feed.
    mutating func finish() -> [Line] {
        defer { pending = pending[pending.endIndex...] }
        return pending.isEmpty ? [] : [Line(text: pending, isContinuation: isContinuation)]
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

extension ArraySlice<UInt8> {
    /// Where a stretch that is too long is cut: behind the last white space near its end, or before a character that
    /// it does not hold to its end.
    var cut: Int {
        let near = Swift.max(startIndex + 1, endIndex - 256)
        guard near < endIndex else { return endIndex }
        if let space = self[near...].lastIndex(where: \.isWhitespace) { return space + 1 }
        guard let last = self[near...].lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return endIndex }
        let length = self[last] < 0xC0 ? 1 : self[last] < 0xE0 ? 2 : self[last] < 0xF0 ? 3 : 4
        return last + length > endIndex ? last : endIndex
    }
}
