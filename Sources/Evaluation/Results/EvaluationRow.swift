/// What came of one case; a line of `rows.jsonl`.
public struct EvaluationRow: Sendable, Codable, Equatable, Identifiable {
    /// The case's id, group, parameters and question.
    public var id: String
    /// Results are summarised for each group and overall.
    public var group: String
    /// What the case varied.
    public var parameters: [String: Double]
    /// The question.
    public var question: String
    /// The accepted answers.
    public var expected: [String]
    /// What the system kept and answered.
    public var output: SystemOutput
    /// Metric names and values.
    public var metrics: [String: Double]

    /// A row from its parts.
    public init(
        id: String, group: String, parameters: [String: Double], question: String, expected: [String],
        output: SystemOutput, metrics: [String: Double]
    ) {
        self.id = id
        self.group = group
        self.parameters = parameters
        self.question = question
        self.expected = expected
        self.output = output
        self.metrics = metrics
    }
}
