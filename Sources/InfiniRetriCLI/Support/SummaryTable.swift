import Evaluation

/// An evaluation's summary for people.
enum SummaryTable {
    static func text(of summary: EvaluationSummary) -> String {
        var text = "\(summary.questions) questions\n"
        let width = summary.overall.keys.map(\.count).max() ?? 0
        for (name, value) in summary.overall.sorted(by: { $0.key < $1.key }) {
            text += padded(name, to: width) + "  \(number(value))"
            if let interval = summary.interval[name], interval.count == 2 {
                text += "  [\(number(interval[0])), \(number(interval[1]))]"
            }
            text += "\n"
        }
        if summary.groups.count > 1 {
            for (group, metrics) in summary.groups.sorted(by: { $0.key < $1.key }) {
                let values = metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(number($0.value))" }
                text += "\(group): \(values.joined(separator: ", "))\n"
            }
        }
        if let speed = summary.documentTokensPerSecond {
            text += "\(Quantity.count(Int(speed))) document tokens/s\n"
        }
        return text
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func number(_ value: Double) -> String { Quantity.fixed(value, digits: value < 10 ? 3 : 1) }
}
