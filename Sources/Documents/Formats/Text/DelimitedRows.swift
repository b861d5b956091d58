/// Comma- and tab-separated values (RFC 4180): a block is a row, quoted line breaks included.
struct DelimitedRows: BlockParser {
    private var pending: ArraySlice<UInt8> = []
    /// Up to where ``pending`` has been searched for the row's end, and whether that place is inside quotes.
    private var searched = 0
    private var isQuoted = false
    private var isContinued = false

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        pending.append(contentsOf: text)
        var blocks: [TextBlock] = []
        while let end = endOfRow() { blocks.append(row(upTo: end, continues: false)) }
        while pending.count > TextBlock.longestStretch {
            blocks.append(row(upTo: pending.startIndex + TextBlock.longestStretch, continues: true))
        }
        return blocks
    }

    mutating func finish() -> [TextBlock] {
        pending.isEmpty ? [] : [row(upTo: pending.endIndex, continues: false)]
    }

    private mutating func endOfRow() -> Int? {
        var index = max(searched, pending.startIndex)
        while index < pending.endIndex {
            let byte = pending[index]
            index += 1
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == .lineFeed, !isQuoted {
                searched = index
                return index
            }
        }
        searched = index
        return nil
    }

    private mutating func row(upTo end: Int, continues: Bool) -> TextBlock {
        let block = TextBlock(
            .tableRow, text: Array(pending[..<end]), start: pending.startIndex, continues: continues)
        pending = pending[end...]
        return block
    }

    /// The separator of a text whose lines all have as many cells, two or more; nil where it is no table.
    ///
    /// Lines of prose may have a comma each by chance: without a name that says so, there must be eight lines, and no blank one.
    static func separator(of head: ArraySlice<UInt8>, name: String) -> UInt8? {
        let isNamed = [".csv", ".tsv", ".tab"].contains { name.lowercased().hasSuffix($0) }
        var lines = head.split(separator: .lineFeed, omittingEmptySubsequences: false)
        // The last line may be cut off by the head's end.
        if head.count >= TextBlock.headSize || lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count >= (isNamed ? 1 : 8), !lines.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
            return nil
        }
        return [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")].first { separator in
            let counts = lines.map { cells(of: $0, separator: separator) }
            guard let first = counts.first, first >= (isNamed || separator == UInt8(ascii: "\t") ? 2 : 3) else {
                return false
            }
            return counts.allSatisfy { $0 == first } || isNamed
        }
    }

    private static func cells(of line: ArraySlice<UInt8>, separator: UInt8) -> Int {
        var isQuoted = false
        return 1
            + line.count { byte in
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                return byte == separator && !isQuoted
            }
    }
}
