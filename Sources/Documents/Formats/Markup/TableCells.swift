/// The cells of a row as text.
enum TableCells {
    /// The cells with bars between, and where each begins; those behind the last one that holds text are left out.
    static func joined(_ cells: [[UInt8]]) -> (text: [UInt8], starts: [Int]) {
        let count = (cells.lastIndex { !$0.isEmpty } ?? -1) + 1
        var text: [UInt8] = []
        var starts: [Int] = []
        for (index, cell) in cells.prefix(count).enumerated() {
            if index > 0 { text += separator }
            starts.append(text.count)
            text += cell
        }
        return (text, starts)
    }

    private static let separator = Array(" | ".utf8)

    /// Whether the first row of a table looks like the names of its columns: two or more cells, all of them words.
    static func areNames(_ cells: [[UInt8]]) -> Bool {
        let filled = cells.filter { !$0.isEmpty }
        return filled.count >= 2 && filled.count * 2 > cells.count && filled.allSatisfy { !isNumber($0) }
    }

    /// Whether a cell holds a number, an amount or a date rather than words: digits, and few other characters.
    private static func isNumber(_ cell: [UInt8]) -> Bool {
        let digits = cell.count(where: \.isDigit)
        // The number of a year names a column as often as not.
        if digits == cell.count, digits == 4 { return false }
        return digits > 0 && 2 * digits >= cell.count
    }
}
