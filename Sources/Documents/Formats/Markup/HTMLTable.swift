/// A table as its rows come.
struct HTMLTable {
    /// Whether its cells hold the parts of a page, and no data.
    var isLayout: Bool
    /// Its rows stand together.
    let group: Int
    var isInHead = false
    var isInCell = false
    /// Where the row is found.
    var place: Location?
    private var cells: [(bytes: [UInt8], runs: [OffsetMap.Run])] = []
    private var headerCells = 0
    private var rows = 0
    /// Whether a row had several cells.
    private var hasColumns = false

    init(isLayout: Bool, group: Int) {
        self.isLayout = isLayout
        self.group = group
    }

    /// Bytes of the row so far, with what parts its cells.
    private(set) var count = 0

    mutating func beginRow(_ place: Location?) {
        cells = []
        count = 0
        headerCells = 0
        self.place = place
    }

    mutating func beginCell(isHeader: Bool) {
        isInCell = true
        if isHeader { headerCells += 1 }
    }

    mutating func add(_ bytes: [UInt8], _ runs: [OffsetMap.Run]) {
        cells.append((bytes, runs))
        count += bytes.count + 3
    }

    /// The row; nil where there is no text in it.
    mutating func endRow() -> TextBlock? {
        defer { beginRow(nil) }
        guard cells.contains(where: { !$0.bytes.isEmpty }) else { return nil }
        let (text, starts) = TableCells.joined(cells.map(\.bytes))
        hasColumns = hasColumns || cells.count > 1
        let isHeader =
            isInHead || headerCells == cells.count
            || (rows == 0 && headerCells == 0 && TableCells.areNames(cells.map(\.bytes)))
        rows += 1
        // A single cell by itself is no table's.
        let kind: TextBlock.Kind = !hasColumns ? .prose : isHeader ? .tableHeader : .tableRow
        var block = TextBlock(kind, text: text, location: place)
        for (cell, start) in zip(cells, starts) {
            block.runs += cell.runs.map { OffsetMap.Run(text: $0.text + start, source: $0.source) }
        }
        if let first = block.runs.first, first.text > 0 {
            block.runs.insert(.init(text: 0, source: first.source), at: 0)
        }
        return block
    }

    /// The cells of the row so far that hold text.
    mutating func takeCells() -> [(bytes: [UInt8], runs: [OffsetMap.Run])] {
        defer {
            cells = []
            count = 0
        }
        return cells.filter { !$0.bytes.isEmpty }
    }
}
