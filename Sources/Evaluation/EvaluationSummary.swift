/// Means of the metrics over all rows and over each group, with 95 % bootstrap intervals for the overall means.
public struct EvaluationSummary: Sendable, Encodable, Equatable {
    /// The task's name.
    public var task: String
    /// Mean of each metric over all questions.
    public var overall: [String: Double]
    /// 95 % bootstrap interval of each mean, `[low, high]`.
    public var interval: [String: [Double]]
    /// Mean of each metric in each group.
    public var groups: [String: [String: Double]]
    /// Number of questions.
    public var questions: Int
    /// Tokens of all documents over the seconds spent retrieving; nil when nothing was timed.
    public var documentTokensPerSecond: Double?

    /// Summarises `rows`. Rows may lack metrics that others have: a mean is over the rows that have the metric.
    public init(task: String, rows: [EvaluationRow]) {
        self.task = task
        questions = rows.count
        overall = Self.values(of: rows).mapValues(Self.mean)
        interval = Self.values(of: rows).compactMapValues { values in
            Bootstrap.interval95(of: values).map { [$0.lowerBound, $0.upperBound] }
        }
        groups = Dictionary(grouping: rows, by: \.group).mapValues { Self.values(of: $0).mapValues(Self.mean) }
        // A pass that served several questions read its document once: each of them carries its share.
        func total(_ value: (SystemOutput) -> Double) -> Double {
            rows.reduce(0) { $0 + value($1.output) / Double(max(1, $1.output.questionsInPass)) }
        }
        let seconds = total(\.retrievalSeconds)
        documentTokensPerSecond = seconds > 0 ? total { Double($0.documentTokens) } / seconds : nil
    }

    /// Every metric's values, evidence size included.
    private static func values(of rows: [EvaluationRow]) -> [String: [Double]] {
        var values: [String: [Double]] = [:]
        for row in rows {
            for (name, value) in row.metrics { values[name, default: []].append(value) }
            values["evidenceTokens", default: []].append(Double(row.output.evidenceTokens))
        }
        return values
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }
}
