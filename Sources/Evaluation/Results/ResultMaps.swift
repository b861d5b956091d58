/// A heat map of each metric over the two sides of a task's grid. A cell is the mean of its questions.
struct ResultMaps {
    var rows: [EvaluationRow]
    var metrics: [String]
    var grid: EvaluationGrid

    /// Nothing where both sides have one place only.
    var html: HTML {
        let lines = places(on: grid.rows)
        let columns = places(on: grid.columns)
        guard lines.count > 1 || columns.count > 1 else { return "" }
        let cells = Dictionary(grouping: rows) {
            Cell(line: grid.rows.place(of: $0), column: grid.columns.place(of: $0))
        }
        return HTML(
            metrics.map { metric in
                let values = lines.map { line in
                    columns.map { column in mean(metric, of: cells[Cell(line: line, column: column)] ?? []) }
                }
                return HeatMap(
                    title: metric, rows: .init(grid.rows.title, labels: lines.map(\.label)),
                    columns: .init(grid.columns.title, labels: columns.map(\.label)), values: values
                ).html
            })
    }

    private struct Cell: Hashable {
        var line: EvaluationGrid.Place
        var column: EvaluationGrid.Place
    }

    private func places(on side: EvaluationGrid.Side) -> [EvaluationGrid.Place] {
        Set(rows.map(side.place)).sorted()
    }

    private func mean(_ metric: String, of rows: [EvaluationRow]) -> Double? {
        let values = rows.compactMap { $0.metrics[metric] }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}

extension EvaluationGrid {
    /// A row or a column: a number, or a name.
    struct Place: Hashable, Comparable {
        var number: Double
        var name: String

        var label: String {
            if !name.isEmpty { return name }
            return number == number.rounded() && abs(number) < 1e15 && number >= 2
                ? HTML.grouped(Int(number)) : HTML.decimal(number, digits: 2)
        }

        static func < (one: Place, other: Place) -> Bool { (one.number, one.name) < (other.number, other.name) }
    }
}

extension EvaluationGrid.Side {
    var title: String {
        switch self {
        case .group(let title): title
        case .parameter(let name): name
        }
    }

    func place(of row: EvaluationRow) -> EvaluationGrid.Place {
        switch self {
        case .group: EvaluationGrid.Place(number: 0, name: row.group)
        case .parameter(let name): EvaluationGrid.Place(number: row.parameters[name] ?? 0, name: "")
        }
    }
}
