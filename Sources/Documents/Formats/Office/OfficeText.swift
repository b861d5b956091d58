/// What the paragraphs, items and rows of an Office document become.
struct OfficeText {
    /// What a paragraph is.
    enum Style {
        case body
        case heading(Int)
        /// An item of a list, its mark and its level from 0.
        case item(mark: String, level: Int)
    }

    private struct Table {
        let group: Int
        let number: Int
        var row = 0
        var cells: [[UInt8]] = []
        var cell = FlowingText()
        var isHeader = false
    }

    private var assembler = BlockAssembler()
    private var tables: [Table] = []
    private var paragraphCount = 0
    private var tableCount = 0
    private var group = 0
    private var isInList = false
    /// The slide, where the document has such.
    var page: Int?

    var isInTable: Bool { !tables.isEmpty }

    mutating func take() -> [TextBlock] { assembler.take() }

    mutating func finish() -> [TextBlock] {
        while isInTable { endTable() }
        return assembler.finish()
    }

    mutating func paragraph(_ text: [UInt8], _ style: Style) {
        guard !text.isEmpty else { return }
        if let table = tables.indices.last {
            tables[table].cell.breakWord()
            tables[table].cell.append(text)
            return
        }
        paragraphCount += 1
        let location = location("paragraph \(paragraphCount)")
        switch style {
        case .body:
            isInList = false
            add(.prose, text: text, location)
        case .heading(let level):
            isInList = false
            add(.heading, level: level, text: text.map { $0 == .lineFeed ? 0x20 : $0 }, location)
        case .item(let mark, let level):
            if !isInList { group += 1 }
            isInList = true
            let lead = String(repeating: "  ", count: min(max(level, 0), 12)) + mark
            add(.listItem, text: Array(lead.utf8) + text, location, group: group)
        }
    }

    mutating func beginTable() {
        isInList = false
        // The text of a table in a cell is the cell's.
        if tables.isEmpty {
            group += 1
            tableCount += 1
        }
        tables.append(Table(group: group, number: tableCount))
    }

    mutating func endTable() {
        endRow()
        _ = tables.popLast()
    }

    mutating func beginRow() {
        guard let table = tables.indices.last else { return }
        tables[table].cells = []
        tables[table].isHeader = false
    }

    /// The row names the columns.
    mutating func markHeader() { if let table = tables.indices.last { tables[table].isHeader = true } }

    mutating func endCell() {
        guard let table = tables.indices.last else { return }
        let text = tables[table].cell.take().bytes
        if table > 0 {
            tables[table - 1].cell.breakWord()
            tables[table - 1].cell.append(text)
        } else if tables[table].cells.count < Self.mostCells {
            tables[table].cells.append(text)
        }
    }

    mutating func endRow() {
        guard let index = tables.indices.last else { return }
        if !tables[index].cell.isEmpty { endCell() }
        let table = tables[index]
        tables[index].cells = []
        guard index == 0, table.cells.contains(where: { !$0.isEmpty }) else { return }
        tables[0].row += 1
        let isHeader = table.isHeader || (table.row == 0 && TableCells.areNames(table.cells))
        let place = location("table \(table.number), row \(table.row + 1)")
        add(
            isHeader ? .tableHeader : .tableRow, text: TableCells.joined(table.cells).text, place, group: table.group)
    }

    private func location(_ element: String) -> Location {
        var location = Location()
        if let page { location.page = page } else { location.element = element }
        return location
    }

    private mutating func add(
        _ kind: TextBlock.Kind, level: Int = 0, text: [UInt8], _ location: Location, group: Int = 0
    ) {
        var rest = text[...]
        while rest.count > TextBlock.longestStretch {
            let longest = rest.prefix(TextBlock.longestStretch)
            let end = longest.lastIndex { $0 == 0x20 || $0 == .lineFeed }.map { $0 + 1 } ?? longest.endIndex
            let stretch = Array(rest[..<end])
            assembler.add(
                TextBlock(kind, level: level, text: stretch, location: location, continues: true), group: group)
            rest = rest[end...]
        }
        assembler.add(TextBlock(kind, level: level, text: Array(rest), location: location), group: group)
    }

    private static let mostCells = 1 << 14
}
