import Evaluation

/// Needle results as a table: a line for each length, a column for each depth.
enum NeedleTable {
    /// R: retrieved, A: answered too, ".": neither; "a": answered without the evidence. With several questions, the share
    /// that was retrieved.
    static func text(of rows: [EvaluationRow]) -> String {
        let lengths = Set(rows.compactMap { $0.parameters["length"] }).sorted()
        let depths = Set(rows.compactMap { $0.parameters["depth"] }).sorted()
        let titles = depths.map { Quantity.fixed($0, digits: 2) }
        let firstWidth = max(6, lengths.map { Quantity.count(Int($0)).count }.max() ?? 0)
        var text = SummaryTable.padded("tokens", to: firstWidth) + "  " + titles.joined(separator: "  ") + "\n"
        var hasShares = false
        for length in lengths {
            let cells = depths.map { depth in
                let rows = rows.filter { $0.parameters["length"] == length && $0.parameters["depth"] == depth }
                hasShares = hasShares || rows.count > 1
                return SummaryTable.padded(cell(of: rows), to: 4)
            }
            text += SummaryTable.padded(Quantity.count(Int(length)), to: firstWidth) + "  "
            text += cells.joined(separator: "  ") + "\n"
        }
        let legend =
            hasShares
            ? "share of the questions that were retrieved"
            : "R retrieved, A retrieved and answered, a answered only, . neither"
        return text + legend + "; - skipped\n"
    }

    private static func cell(of rows: [EvaluationRow]) -> String {
        if rows.isEmpty { return "" }
        let retrieved = rows.compactMap { $0.metrics["retrieved"] }
        if retrieved.isEmpty { return "-" }
        if rows.count > 1 { return Quantity.fixed(retrieved.reduce(0, +) / Double(retrieved.count), digits: 2) }
        return switch (rows[0].metrics["retrieved"] == 1, rows[0].metrics["answered"] == 1) {
        case (true, true): "A"
        case (true, false): "R"
        case (false, true): "a"
        case (false, false): "."
        }
    }
}
