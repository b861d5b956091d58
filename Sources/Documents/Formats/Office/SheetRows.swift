/// The rows of a sheet as blocks.
struct SheetRows {
    private let sheet: String
    private let group: Int
    private var assembler = BlockAssembler()
    private var isFirst = true

    /// - Parameter group: Another one for each sheet.
    init(sheet: String, group: Int, hasHeading: Bool) {
        self.sheet = sheet
        self.group = group
        if hasHeading, !sheet.isEmpty {
            var location = Location()
            location.sheet = sheet
            assembler.add(TextBlock(.heading, level: 1, text: Array(sheet.utf8), location: location))
        }
    }

    mutating func take() -> [TextBlock] { assembler.take() }

    mutating func finish() -> [TextBlock] { assembler.finish() }

    /// - Parameters:
    ///   - cells: Text and column, from 0, of the cells that hold text, from left to right.
    ///   - number: Of the row, from 1.
    mutating func add(_ cells: [(column: Int, text: [UInt8])], row number: Int) {
        guard let first = cells.first?.column, let last = cells.last?.column else { return }
        var row: [[UInt8]] = []
        var next = first
        for cell in cells {
            // Cells that stand far apart have nothing to do with each other: one bar is enough.
            let gap = cell.column - next
            if gap > 0, gap <= Self.widestGap { row += [[UInt8]](repeating: [], count: gap) }
            row.append(cell.text)
            next = cell.column + 1
        }
        var location = Location()
        location.sheet = sheet
        let ends = (Self.name(ofColumn: first), Self.name(ofColumn: last))
        location.cell = first == last ? "\(ends.0)\(number)" : "\(ends.0)\(number):\(ends.1)\(number)"
        let kind: TextBlock.Kind = isFirst && TableCells.areNames(row) ? .tableHeader : .tableRow
        isFirst = false
        assembler.add(TextBlock(kind, text: TableCells.joined(row).text, location: location), group: group)
    }

    /// A, B ... Z, AA ...
    static func name(ofColumn column: Int) -> String {
        var (rest, name) = (column, "")
        repeat {
            name = String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(rest % 26)))) + name
            rest = rest / 26 - 1
        } while rest >= 0
        return name
    }

    /// The column and the row of a cell's name, the column from 0 and the row from 1; nil where it is none.
    static func place(ofCell name: String) -> (column: Int, row: Int)? {
        var (column, row) = (0, 0)
        for byte in name.utf8.prefix(16) {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): column = min(column * 26 + Int(byte - 64), mostColumns)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): row = min(row * 10 + Int(byte - 48), mostRows)
            default: break
            }
        }
        return column > 0 && row > 0 ? (column - 1, row) : nil
    }

    private static let widestGap = 32
    /// More than spreadsheets have.
    static let mostColumns = 1 << 14
    static let mostRows = 1 << 21
}
