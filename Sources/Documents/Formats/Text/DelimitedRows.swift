/// Values parted by commas, tabs, semicolons or bars (RFC 4180): a block is a row, quoted line breaks included.
struct DelimitedRows: LineParser {
    /// How a text is parted.
    struct Layout: Equatable {
        /// What parts cells.
        let separator: UInt8
        /// Whether the first row names the columns.
        let hasHeader: Bool
    }

    var lines = LineSplitter()
    var blocks = LineBlocks()
    private let layout: Layout
    private var row: QuotedRow
    private var isFirst = true
    private var isOpen = false
    /// Bytes of the row so far.
    private var count = 0

    init(_ layout: Layout) {
        self.layout = layout
        row = QuotedRow(separator: layout.separator)
    }

    mutating func take(_ line: Line) {
        if !isOpen, !line.isBlank {
            blocks.begin(isFirst && layout.hasHeader ? .tableHeader : .tableRow)
            isFirst = false
            row = QuotedRow(separator: layout.separator)
            count = 0
        }
        blocks.add(line)
        for byte in line.text { row.take(byte) }
        count += line.text.count
        // A quote that nobody ends does not make one row of all that follows.
        isOpen = line.text.last != .lineFeed || row.isQuoted && count < Self.longestRow
    }

    /// Bytes of a row whose quotes are believed.
    private static let longestRow = 4 * TextBlock.longestStretch

    /// How a text is parted whose rows all have as many cells, two or more; nil where it is no table.
    ///
    /// Lines of prose may have a comma each by chance: without a name that says so, there must be eight rows, and no
    /// blank one. A file with such a name is a table as soon as its first line has a separator, however irregular it
    /// is.
    static func layout(of head: ArraySlice<UInt8>, name: String) -> Layout? {
        let name = name.lowercased()
        let isNamed = [".csv", ".tsv", ".tab", ".psv"].contains(where: name.hasSuffix)
        let candidates = "\t,;|".utf8.compactMap { separator -> (rows: Rows, agreement: Double)? in
            let rows = Rows(head, separator: separator)
            guard rows.isTable(isNamed: isNamed) else { return nil }
            return (rows, rows.agreement)
        }
        // The first of the best: a tab or a comma before what stands inside their cells.
        guard let best = candidates.max(by: { $0.agreement < $1.agreement }),
            let rows = candidates.first(where: { $0.agreement == best.agreement })?.rows
        else { return nil }
        return Layout(separator: rows.separator, hasHeader: rows.hasHeader(isNamed: isNamed))
    }
}

/// Follows the quotes of a row, which begin where a cell begins: a quote elsewhere is inches, or a word.
private struct QuotedRow {
    let separator: UInt8
    private(set) var cells = 1
    private(set) var isQuoted = false
    private var isCellStart = true
    private var isBehindQuote = false

    init(separator: UInt8) { self.separator = separator }

    /// - Returns: Whether the byte parts cells.
    @discardableResult
    mutating func take(_ byte: UInt8) -> Bool {
        let isQuote = byte == UInt8(ascii: "\"")
        defer { isBehindQuote = isQuote }
        if isQuote {
            // A quote behind one that ended a cell was no end.
            if isQuoted || isCellStart || isBehindQuote { isQuoted.toggle() }
            isCellStart = false
            return false
        }
        guard !isQuoted, byte == separator else {
            if !byte.isBlank { isCellStart = false }
            return false
        }
        cells += 1
        isCellStart = true
        return true
    }
}

/// The rows at the head of a text, parted by a character.
private struct Rows {
    let separator: UInt8
    private var counts: [Int] = []
    private var first: [[UInt8]] = []
    private var others: [[[UInt8]]] = []
    private var hasBlankLine = false

    /// - Parameter head: Its last row may be cut off, and does not count if there are others.
    init(_ head: ArraySlice<UInt8>, separator: UInt8) {
        self.separator = separator
        var row = QuotedRow(separator: separator)
        var cells: [[UInt8]] = [[]]
        func isEmpty() -> Bool { cells.count == 1 && cells[0].allSatisfy(\.isWhitespace) }
        for byte in head {
            if byte == .lineFeed, !row.isQuoted {
                if isEmpty() { hasBlankLine = true } else { take(cells) }
                row = QuotedRow(separator: separator)
                cells = [[]]
            } else if row.take(byte) {
                cells.append([])
            } else {
                cells[cells.count - 1].append(byte)
            }
        }
        if !isEmpty(), counts.isEmpty || head.count < TextBlock.headSize { take(cells) }
    }

    private mutating func take(_ cells: [[UInt8]]) {
        let values = cells.map { Array($0.trimmed.drop { $0 == UInt8(ascii: "\"") }.trimmed) }
        if counts.isEmpty { first = values } else { others.append(values) }
        counts.append(cells.count)
    }

    /// The part of the rows that have as many cells as most have.
    var agreement: Double {
        let frequent = Dictionary(counts.map { ($0, 1) }, uniquingKeysWith: +).filter { $0.key > 1 }.values.max() ?? 0
        return counts.isEmpty ? 0 : Double(frequent) / Double(counts.count)
    }

    func isTable(isNamed: Bool) -> Bool {
        guard let cells = counts.first, cells > 1 else { return false }
        if isNamed { return true }
        return counts.count >= 8 && !hasBlankLine && counts.allSatisfy { $0 == cells }
            && (cells > 2 || separator == UInt8(ascii: "\t")) && first.first?.isEmpty == false
    }

    /// Whether the first row names the columns: no cell of it is a number, none stands there twice, and none is a
    /// value that comes again below. A name that says what the file is lets empty and equal names pass.
    func hasHeader(isNamed: Bool) -> Bool {
        let numbers = first.filter(Self.isNumber)
        let years = numbers.filter { $0.count == 4 && $0.allSatisfy(\.isDigit) }
        // "Country, 2019, 2020": years are names of columns where nothing but years is a number.
        guard numbers.isEmpty || numbers.count == years.count && years.count > 1 && Set(years).count == years.count
        else { return false }
        let comesAgain = first.indices.contains { column in
            !first[column].isEmpty && others.contains { column < $0.count && $0[column] == first[column] }
        }
        return !comesAgain && (isNamed || Set(first).count == first.count && !first.contains([]))
    }

    private static func isNumber(_ cell: [UInt8]) -> Bool {
        cell.contains(where: \.isDigit) && cell.allSatisfy { $0.isDigit || " .,:/+-%$eE\"".utf8.contains($0) }
    }
}
