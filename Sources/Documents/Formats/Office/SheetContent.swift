/// A sheet of a workbook.
final class SheetContent: PartContent {
    private let strings: SharedStrings
    private let formats: NumberFormats
    private var rows: SheetRows
    private var row = 0
    private var column = 0
    private var cells: [(column: Int, text: [UInt8])] = []
    /// Bytes of them.
    private var count = 0
    private var type = ""
    private var style = 0
    private var value = FlowingText()
    private var isValue = false
    private var isReading = false

    init(_ rows: SheetRows, strings: SharedStrings, formats: NumberFormats) {
        self.rows = rows
        self.strings = strings
        self.formats = formats
    }

    func take() -> [TextBlock] { rows.take() }

    func finish() -> [TextBlock] {
        endRow()
        return rows.finish()
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row":
            endRow()
            row = min(max(attributes.number("r") ?? row + 1, 1), SheetRows.mostRows)
            column = -1
        case "c":
            let place = attributes["r"].flatMap { SheetRows.place(ofCell: $0) }
            column = place?.column ?? min(column + 1, SheetRows.mostColumns)
            if let place { row = place.row }
            type = attributes["t"] ?? "n"
            style = attributes.number("s") ?? 0
        case "v": isValue = true
        case "t": isValue = !isReading
        case "rPh": isReading = true
        default: break
        }
    }

    func close(_ name: String) {
        switch name {
        case "v", "t": isValue = false
        case "rPh": isReading = false
        case "c":
            let text = text(of: value.take().bytes)
            guard !text.isEmpty else { return }
            cells.append((column, text))
            count += text.count
            // Of cells that share a long text a row can hold more than the memory does.
            if count > Self.largestRow || cells.count > SheetRows.mostColumns { endRow() }
        case "row": endRow()
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isValue { value.append(text) } }

    private func text(of value: [UInt8]) -> [UInt8] {
        guard !value.isEmpty else { return [] }
        let text = String(decoding: value, as: UTF8.self)
        switch type {
        case "s": return strings.string(Int(text) ?? -1)
        case "b": return Array((text == "1" ? "TRUE" : "FALSE").utf8)
        case "n": return Array(formats.text(text, style: style).utf8)
        default: return value
        }
    }

    private func endRow() {
        if !cells.isEmpty { rows.add(cells.sorted { $0.column < $1.column }, row: row) }
        cells = []
        count = 0
    }

    /// Bytes of a row that are given at once.
    private static let largestRow = 1 << 20
}
