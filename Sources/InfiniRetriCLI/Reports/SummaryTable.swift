import Evaluation

/// An evaluation's summary for people.
enum SummaryTable {
    static func text(of summary: EvaluationSummary) -> String {
        var text = "\(summary.questions) questions"
        if summary.skipped > 0 { text += ", \(summary.skipped) more skipped (rows.jsonl and the report say why)" }
        text += "\n"
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
        if let answerability = summary.answerability {
            text += "answerable: AUROC \(number(answerability.auroc)), "
            text += "calibration error \(number(answerability.calibrationError))\n"
        }
        let passes = summary.passes
        if passes.processedTokens > 0 {
            text += "\(Quantity.count(passes.count)) \(passes.count == 1 ? "pass" : "passes") over documents: "
            text +=
                "\(Quantity.count(passes.processedTokens)) tokens processed for \(Quantity.count(passes.documentTokens)) "
            text += "document tokens, \(Quantity.fixed(passes.processedPerDocumentToken, digits: 2)) for each\n"
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
