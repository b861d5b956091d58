import Evaluation

/// Needle results as a table: a line for each length, a column for each depth.
enum NeedleTable {
    /// R: retrieved, A: answered too, ".": neither; "a": answered without the evidence.
    static func text(of rows: [EvaluationRow]) -> String {
        let lengths = Set(rows.compactMap { $0.parameters["length"] }).sorted()
        let depths = Set(rows.compactMap { $0.parameters["depth"] }).sorted()
        let titles = depths.map { Quantity.fixed($0, digits: 2) }
        let firstWidth = max(6, lengths.map { Quantity.count(Int($0)).count }.max() ?? 0)
        var text = SummaryTable.padded("tokens", to: firstWidth) + "  " + titles.joined(separator: "  ") + "\n"
        for length in lengths {
            let cells = depths.map { depth in
                let row = rows.first { $0.parameters["length"] == length && $0.parameters["depth"] == depth }
                return SummaryTable.padded(row.map { symbol(for: $0) } ?? "", to: 4)
            }
            text += SummaryTable.padded(Quantity.count(Int(length)), to: firstWidth) + "  "
            text += cells.joined(separator: "  ") + "\n"
        }
        return text + "R retrieved, A retrieved and answered, a answered only, . neither\n"
    }

    private static func symbol(for row: EvaluationRow) -> String {
        switch (row.metrics["retrieved"] == 1, row.metrics["answered"] == 1) {
        case (true, true): "A"
        case (true, false): "R"
        case (false, true): "a"
        case (false, false): "."
        }
    }
}
