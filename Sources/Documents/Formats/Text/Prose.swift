/// Plain text and Markdown: paragraphs, which end at blank lines, and in them headings (`# Title`) and list items.
struct Prose: BlockParser {
    /// Text that belongs to no complete paragraph yet. A slice keeps its indices while its head is dropped and its tail grows,
    /// so an index into it is an offset in the text.
    private var pending: ArraySlice<UInt8> = []
    /// Up to where ``pending`` has been searched for a blank line.
    private var searched = 0

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        pending.append(contentsOf: text)
        var blocks: [TextBlock] = []
        while let end = endOfParagraph() {
            blocks += paragraph(upTo: end)
        }
        while pending.count > TextBlock.longestStretch {
            let end = pending.startIndex + TextBlock.longestStretch
            blocks.append(
                TextBlock(.prose, text: Array(pending[..<end]), start: pending.startIndex, continues: true))
            pending = pending[end...]
        }
        return blocks
    }

    mutating func finish() -> [TextBlock] { pending.isEmpty ? [] : paragraph(upTo: pending.endIndex) }

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

    /// The blocks of a paragraph: a heading is its own line, an item goes up to the next one, the rest is prose.
    private mutating func paragraph(upTo end: Int) -> [TextBlock] {
        var blocks: [TextBlock] = []
        var start = pending.startIndex
        var kind = TextBlock.Kind.prose
        func close(at index: Int, _ blocks: inout [TextBlock]) {
            guard start < index else { return }
            blocks.append(TextBlock(kind, text: Array(pending[start..<index]), start: start))
            start = index
        }
        var line = start
        while line < end {
            let next = pending[line..<end].firstIndex(of: .lineFeed).map { $0 + 1 } ?? end
            let found = Self.kind(ofLine: pending[line..<next], behind: kind)
            let isBlank = pending[line..<next].allSatisfy(\.isWhitespace)
            // An item or a heading begins a block; plain lines go on with an item or with prose, not with a heading.
            if found != .prose || kind == .heading, !isBlank {
                close(at: line, &blocks)
                kind = found
            }
            line = next
        }
        close(at: end, &blocks)
        pending = pending[end...]
        return blocks
    }

    /// What a line begins, if it begins anything but prose.
    private static func kind(ofLine line: ArraySlice<UInt8>, behind kind: TextBlock.Kind) -> TextBlock.Kind {
        let text = line.drop(while: \.isBlank)
        guard let first = text.first else { return .prose }
        switch first {
        case UInt8(ascii: "#"):
            let marks = text.prefix { $0 == UInt8(ascii: "#") }.count
            return marks <= 6 && text.dropFirst(marks).first?.isBlank == true ? .heading : .prose
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            return text.dropFirst().first?.isBlank == true ? .listItem : .prose
        default:
            // A number may as well begin a line of wrapped prose, so it continues lists only.
            let digits = text.prefix(while: \.isDigit).count
            guard kind == .listItem, (1...3).contains(digits) else { return .prose }
            let mark = text.dropFirst(digits)
            let isMarked = mark.first == UInt8(ascii: ".") || mark.first == UInt8(ascii: ")")
            return isMarked && mark.dropFirst().first?.isBlank == true ? .listItem : .prose
        }
    }
}
