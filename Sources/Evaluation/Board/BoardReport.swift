/// A board for people, as a page that stands alone.
struct BoardReport {
    private let board: Board

    init(_ board: Board) { self.board = board }

    var page: ReportPage {
        let circumstances = board.circumstances.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return ReportPage(
            title: "Board", lead: circumstances.joined(separator: ", "),
            sections: board.sets.map { ReportPage.Section($0.name, section(of: $0)) })
    }

    private func section(of result: BoardResult) -> HTML {
        let table = BoardTable(result)
        let columns = table.columns.enumerated().map {
            $0.offset == 0 ? ReportTable.Column.text($0.element) : .number($0.element)
        }
        let cells = table.rows.map { row in row.map { $0.map(Self.drawn) ?? "–" } }
        return """
            <p>\(table.title)</p>
            \(ReportTable(columns, rows: cells).html)<p class="note">Behind means and differences are 95 % bootstrap intervals over \
            questions. Differences are paired: of the same questions. Every question of a system stands in the report in its folder, \
            \(result.name)/ and its name.</p>

            """
    }

    private static func drawn(_ cell: BoardTable.Cell) -> HTML {
        let interval = cell.interval.map { " <span class=\"note\">\($0)</span>" as HTML }
        return "\(cell.value)" + (interval ?? "")
    }
}
