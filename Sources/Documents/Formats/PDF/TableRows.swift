/// A piece of a column: a line of text, or a table.
enum ColumnPart {
    case line(TextLine)
    case table(PDFTable)
}

/// Rows with cells below each other.
struct PDFTable {
    /// A row with a cell for each column, some of them empty, and where it stands.
    struct Row {
        var cells: [String]
        var box: Location.Box
    }

    var rows: [Row]
    /// Whether the first row names the columns.
    var hasHeader: Bool

    /// The parts of a column: tables are three and more rows of two and more cells that the same gaps part.
    static func parts(_ lines: [TextLine]) -> [ColumnPart] {
        let rows = LineRow.rows(lines)
        var parts: [ColumnPart] = []
        var index = 0
        while index < rows.count {
            if let (table, end) = table(rows, from: index) {
                parts.append(.table(table))
                index = end
            } else {
                parts.append(.line(rows[index].merged))
                index += 1
            }
        }
        return parts
    }

    /// The table that begins with a row, and the row behind it.
    private static func table(_ rows: [LineRow], from start: Int) -> (PDFTable, end: Int)? {
        guard rows[start].lines.count > 1 else { return nil }
        var gaps = room(in: rows[start])
        var end = start
        var full = 0
        // The most room between two rows so far.
        var spacing: Double?
        // Rows of a single cell at the end may be text that follows.
        var lastFull = start
        while end < rows.count {
            let row = rows[end]
            if end > start {
                let room = row.core.top - rows[end - 1].core.bottom
                // Below the first row there may be a rule.
                if room > (end < start + 3 ? 2.5 : 0.8) * row.height + (spacing ?? 0) { break }
                spacing = max(room, spacing ?? 0)
            }
            let shared = common(gaps, room(in: row))
            let box = row.merged.box
            if shared.contains(where: { box.left < $0.lowerBound + 1 && $0.upperBound - 1 < box.right }),
                shared.count + 1 >= gaps.count
            {
                gaps = shared
                full += 1
                lastFull = end
            } else if end == start || !continues(row, rows[end - 1], gaps) {
                break
            }
            end += 1
        }
        end = lastFull + 1
        while end < rows.count, continues(rows[end], rows[end - 1], gaps),
            rows[end].core.top - rows[end - 1].core.bottom < 0.6 * rows[end].height
        {
            end += 1
        }
        let inner = gaps.filter { $0.lowerBound > -page && $0.upperBound < page }
        guard full >= 3, let table = table(Array(rows[start..<end]), inner) else { return nil }
        return (table, end)
    }

    private static func table(_ rows: [LineRow], _ gaps: [ClosedRange<Double>]) -> PDFTable? {
        let edges = gaps.map { ($0.lowerBound + $0.upperBound) / 2 }
        var table = PDFTable(rows: [], hasHeader: false)
        for row in rows {
            var cells = [[TextLine]](repeating: [], count: edges.count + 1)
            for line in row.lines {
                cells[edges.partitioningIndex { $0 > (line.box.left + line.box.right) / 2 }].append(line)
            }
            let texts = cells.map { TextLine.merge($0)?.text.withoutTypesetting ?? "" }
            let box = row.merged.box
            // A row that begins with an empty cell goes on with the one above, where only some cells do.
            if texts[0].isEmpty, texts.count(where: { !$0.isEmpty }) * 2 < texts.count + 1, !table.rows.isEmpty {
                let last = table.rows.count - 1
                for (index, text) in texts.enumerated() where !text.isEmpty {
                    table.rows[last].cells[index] += (table.rows[last].cells[index].isEmpty ? "" : " ") + text
                }
                table.rows[last].box = table.rows[last].box.union(box)
            } else {
                table.rows.append(Row(cells: texts, box: box))
            }
        }
        // Items of a list with their marks, and a table of contents with its dots, are no tables.
        let isList = table.rows.allSatisfy { ListMark(line: $0.cells[0] + " x") != nil && $0.cells[0].count <= 4 }
        let isLed = table.rows.contains { $0.cells.contains { $0.contains(". . .") || $0.contains("....") } }
        guard table.rows.count >= 3, !isList, !isLed, isNarrow(table) else { return nil }
        table.hasHeader = isHeader(table)
        return table
    }

    /// Whether cells are short, as those of a table are: prose that is set wide apart is none.
    private static func isNarrow(_ table: PDFTable) -> Bool {
        let cells = table.rows.flatMap(\.cells).filter { !$0.isEmpty }
        let long = cells.count { $0.utf8.count > 80 }
        return cells.count >= 2 * table.rows.count - table.rows.count / 3 && 3 * long < cells.count
    }

    /// The first row names the columns if it has nothing but words.
    private static func isHeader(_ table: PDFTable) -> Bool {
        let first = table.rows[0].cells.filter { !$0.isEmpty }
        return !first.isEmpty && first.count * 2 > table.rows[0].cells.count
            && first.allSatisfy { cell in cell.contains(where: \.isLetter) && cell.first?.isNumber != true }
    }

    /// Wider than any page.
    private static let page = 1e7

    /// Where a row has room between cells, and before the first and behind the last one, where others may have some.
    private static func room(in row: LineRow) -> [ClosedRange<Double>] {
        var room: [ClosedRange<Double>] = []
        var right = -page
        for line in row.lines {
            if line.box.left - right > 0.8 * row.height { room.append(right...line.box.left) }
            right = max(right, line.box.right)
        }
        return right < page ? room + [right...page] : room
    }

    /// Room that both have.
    private static func common(_ gaps: [ClosedRange<Double>], _ others: [ClosedRange<Double>]) -> [ClosedRange<Double>]
    {
        gaps.flatMap { gap in
            others.compactMap { other in
                let (left, right) = (max(gap.lowerBound, other.lowerBound), min(gap.upperBound, other.upperBound))
                return right - left > 4 ? left...right : nil
            }
        }
    }

    /// Whether a row, all of it in one cell, may belong to the table.
    private static func continues(_ row: LineRow, _ above: LineRow, _ gaps: [ClosedRange<Double>]) -> Bool {
        let box = row.merged.box
        let isFirst = gaps.first { $0.lowerBound > -page }.map { box.left < $0.lowerBound } ?? true
        return !isFirst && row.core.top - above.core.bottom < 0.8 * row.height
            && !gaps.contains { box.left < $0.lowerBound && box.right > $0.upperBound }
    }
}
