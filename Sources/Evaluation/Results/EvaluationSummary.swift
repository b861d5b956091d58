/// Means of the metrics over all rows and over each group, with 95 % bootstrap intervals for the overall means.
public struct EvaluationSummary: Sendable, Encodable, Equatable {
    /// What reading the documents took, all passes together. A pass that served several questions counts once.
    public struct Passes: Sendable, Encodable, Equatable {
        /// Passes over a document.
        public var count: Int
        /// Tokens of the documents, each counted once for each pass over it.
        public var documentTokens: Int
        /// Tokens that went through the model: windows of all rounds, with instruction and every question.
        public var processedTokens: Int
        /// What one pass costs: tokens that went through the model for each token of a document.
        public var processedPerDocumentToken: Double

        /// Counts of passes and their tokens.
        public init(count: Int, documentTokens: Int, processedTokens: Int, processedPerDocumentToken: Double) {
            self.count = count
            self.documentTokens = documentTokens
            self.processedTokens = processedTokens
            self.processedPerDocumentToken = processedPerDocumentToken
        }
    }

    /// The task's name.
    public var task: String
    /// Mean of each metric over all questions.
    public var overall: [String: Double]
    /// 95 % bootstrap interval of each mean, `[low, high]`.
    public var interval: [String: [Double]]
    /// Mean of each metric in each group.
    public var groups: [String: [String: Double]]
    /// How well `answerable` tells texts with the answer from the same texts without; nil where the system does not say, or the
    /// data set does not name what answers.
    public var answerability: AnswerabilityMetrics?
    /// Number of questions that were put to the system.
    public var questions: Int
    /// Number of questions that could not be put to the system; they count nowhere else.
    public var skipped: Int
    /// What reading took.
    public var passes: Passes
    /// Tokens of all documents over the seconds spent retrieving; nil when nothing was timed.
    public var documentTokensPerSecond: Double?

    /// Summarises `rows`. Rows may lack metrics that others have: a mean is over the rows that have the metric.
    public init(task: String, rows: [EvaluationRow]) {
        self.task = task
        skipped = rows.count { $0.output.skipped != nil }
        let rows = rows.filter { $0.output.skipped == nil }
        questions = rows.count
        overall = Self.values(of: rows).mapValues(Self.mean)
        interval = Self.values(of: rows).compactMapValues { values in
            Bootstrap.interval95(of: values).map { [$0.lowerBound, $0.upperBound] }
        }
        answerability = AnswerabilityMetrics(rows.map(\.output))
        groups = Dictionary(grouping: rows, by: \.group).mapValues { Self.values(of: $0).mapValues(Self.mean) }
        // A pass that served several questions read its document once: each of them carries its share.
        func total(_ value: (SystemOutput) -> Double) -> Double {
            rows.reduce(0) { $0 + value($1.output) / Double(max(1, $1.output.questionsInPass)) }
        }
        let documentTokens = total { Double($0.documentTokens) }
        let processedTokens = total { Double($0.processedTokens) }
        passes = Passes(
            count: Int(total { _ in 1 }.rounded()), documentTokens: Int(documentTokens.rounded()),
            processedTokens: Int(processedTokens.rounded()),
            processedPerDocumentToken: processedTokens / max(1, documentTokens))
        let seconds = total(\.retrievalSeconds)
        documentTokensPerSecond = seconds > 0 ? documentTokens / seconds : nil
    }

    /// Every metric's values, evidence size included.
    static func values(of rows: [EvaluationRow]) -> [String: [Double]] {
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
