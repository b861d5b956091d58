/// The sheets of an OpenDocument spreadsheet (.ods).
final class OpenDocumentSheets: PartContent {
    private var rows: SheetRows?
    private var finished: [TextBlock] = []
    private var sheetCount = 0
    private var row = 0
    private var rowRepeats = 1
    private var column = 0
    private var columnRepeats = 1
    private var cells: [(column: Int, text: [UInt8])] = []
    private var value: String?
    private var text = FlowingText()
    private var isText = false
    private var skipped = 0

    func take() -> [TextBlock] {
        defer { finished = [] }
        return finished + (rows?.take() ?? [])
    }

    func finish() -> [TextBlock] {
        endSheet()
        return take()
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 || ["annotation", "shapes", "tracked-changes", "forms", "scripts"].contains(name) {
            skipped += 1
            return
        }
        switch name {
        case "table":
            endSheet()
            sheetCount += 1
            rows = SheetRows(sheet: attributes["name"] ?? "", group: sheetCount, hasHeading: true)
            row = 0
        case "table-row":
            rowRepeats = max(attributes.number("number-rows-repeated") ?? 1, 1)
            column = 0
            cells = []
        case "table-cell", "covered-table-cell":
            columnRepeats = max(attributes.number("number-columns-repeated") ?? 1, 1)
            value = attributes["date-value"].map { $0.replacing("T", with: " ") }
        case "p":
            text.breakWord()
            isText = true
        case "s", "tab", "line-break": text.breakWord()
        default: break
        }
    }

    func close(_ name: String) {
        guard skipped == 0 else {
            skipped -= 1
            return
        }
        switch name {
        case "p": isText = false
        case "table-cell", "covered-table-cell": endCell()
        case "table-row": endRow()
        case "table": endSheet()
        default: break
        }
    }

    func text(_ characters: UnsafeBufferPointer<UInt8>) {
        if isText, skipped == 0 { text.append(characters) }
    }

    private func endCell() {
        let shown = text.take().bytes
        let content = value.map { Array($0.utf8) } ?? shown
        value = nil
        if !content.isEmpty {
            // A cell that is the same many times in a row is filling.
            let repeats = content.count > Self.longestRepeated ? 1 : min(columnRepeats, Self.mostRepeats)
            for index in 0..<repeats where cells.count < SheetRows.mostColumns {
                cells.append((min(column + index, SheetRows.mostColumns), content))
            }
        }
        column = min(column + min(columnRepeats, SheetRows.mostColumns), SheetRows.mostColumns)
    }

    private func endRow() {
        if !cells.isEmpty {
            let isLong = cells.contains { $0.text.count > Self.longestRepeated }
            for index in 0..<(isLong ? 1 : min(rowRepeats, Self.mostRepeats)) { rows?.add(cells, row: row + index + 1) }
        }
        cells = []
        row = min(row + min(rowRepeats, SheetRows.mostRows), SheetRows.mostRows)
    }

    private func endSheet() {
        guard var rows else { return }
        finished += rows.finish()
        self.rows = nil
    }

    /// How often a cell or a row is given that stands for many.
    private static let mostRepeats = 100
    /// Bytes of a cell that is given several times.
    private static let longestRepeated = 200
}
