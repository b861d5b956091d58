/// The figures of one set as a table: a row for each system, a column for each metric that any of them has.
package struct BoardTable: Sendable {
    /// A mean with its interval, ready to be shown.
    package struct Cell: Sendable, Equatable {
        package var value: String
        package var interval: String?
    }

    /// What stands over the table.
    package let title: String
    /// Titles of the columns; the first is that of the systems.
    package let columns: [String]
    /// For each system a cell for each column, nil where it has no such figure.
    package let rows: [[Cell?]]

    /// The order of the metrics that are known; others follow by name.
    private static let order = [
        "goldAll", "goldHit", "goldMean", "answerRecall", "retrieved", "f1", "exactMatch", "contained", "supported",
    ]

    package init(_ result: BoardResult) {
        title = "\(result.name): \(result.task), \(result.budget) tokens of evidence at most"
        let systems = result.systems
        let present = Set(systems.flatMap(\.summary.overall.keys)).subtracting(["evidenceTokens"])
        let metrics = Self.order.filter(present.contains) + present.subtracting(Self.order).sorted()
        var figures: [(title: String, cell: (BoardEntry) -> Cell?)] = [
            ("system", { Cell(value: $0.system) }), ("questions", { Cell(value: "\($0.summary.questions)") }),
        ]
        figures += metrics.map { name in (name, { Self.mean(name, of: $0.summary, digits: 3) }) }
        figures.append(("evidenceTokens", { Self.mean("evidenceTokens", of: $0.summary, digits: 0) }))
        figures.append(
            ("seconds/question", { $0.secondsPerQuestion.map { Cell(value: HTML.decimal($0, digits: 3)) } }))
        if systems.contains(where: { $0.summary.answerability != nil }) {
            func share(_ value: Double?) -> Cell? { value.map { Cell(value: HTML.decimal($0, digits: 3)) } }
            figures.append(("AUROC", { share($0.summary.answerability?.auroc) }))
            figures.append(("calibrationError", { share($0.summary.answerability?.calibrationError) }))
        }
        if let metric = systems.compactMap(\.difference).first?.metric, let first = systems.first {
            figures.append(("\(first.system) - system, \(metric)", { Self.difference($0.difference) }))
        }
        columns = figures.map(\.title)
        rows = systems.map { system in figures.map { $0.cell(system) } }
    }

    private static func mean(_ name: String, of summary: EvaluationSummary, digits: Int) -> Cell? {
        summary.overall[name].map { mean in
            Cell(
                value: HTML.decimal(mean, digits: digits),
                interval: summary.interval[name].map { bounds in
                    bounds.map { HTML.decimal($0, digits: max(0, digits - 1)) }.joined(separator: "–")
                })
        }
    }

    private static func difference(_ difference: PairedDifference?) -> Cell? {
        func signed(_ value: Double, digits: Int) -> String {
            let text = HTML.decimal(value, digits: digits)
            return text.hasPrefix("-") ? text : "+" + text
        }
        return difference.map {
            Cell(
                value: signed($0.mean, digits: 3),
                interval: $0.interval.map { signed($0, digits: 2) }.joined(separator: " to "))
        }
    }
}
