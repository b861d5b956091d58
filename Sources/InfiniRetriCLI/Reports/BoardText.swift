import Evaluation

/// A board for people: a block for each set, a line for each system.
enum BoardText {
    static func text(of board: Board) -> String {
        let sets = board.sets.map { set in
            let table = BoardTable(set)
            let rows = table.rows.map { $0.map(text) }
            let lines = [table.columns] + rows
            let widths = table.columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
            let drawn = lines.map { cells in
                // The last column needs no space behind it.
                let padded = zip(cells, widths.dropLast() + [0]).map { SummaryTable.padded($0, to: $1) }
                return "  " + padded.joined(separator: "  ") + "\n"
            }
            return table.title + "\n" + drawn.joined()
        }
        return sets.joined(separator: "\n")
            + "In brackets: 95 % bootstrap intervals over questions. Differences are paired.\n"
    }

    private static func text(of cell: BoardTable.Cell?) -> String {
        guard let cell else { return "-" }
        return cell.value + (cell.interval.map { " (\($0))" } ?? "")
    }
}
