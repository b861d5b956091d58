/// One question of an evaluation.
public struct EvaluationQuestion: Sendable, Identifiable {
    /// Unique within the task: what a resumed run recognises finished questions by.
    public var id: String
    /// Results are summarised for each group and overall.
    public var group: String
    /// What varies, for the record: `length`, `depth`, ...
    public var parameters: [String: Double]
    /// The question, as reports show it.
    public var text: String
    /// The accepted answers.
    public var expected: [String]

    /// A question from its parts.
    public init(
        id: String, group: String, parameters: [String: Double] = [:], text: String, expected: [String]
    ) {
        self.id = id
        self.group = group
        self.parameters = parameters
        self.text = text
        self.expected = expected
    }
}

/// Questions about one text, which a system may answer in one pass over it.
public struct EvaluationCase: Sendable {
    /// What is asked.
    public var questions: [EvaluationQuestion]
    /// Makes the text, puts the questions with these ids to a system, and judges what comes back.
    public var run: Run

    /// Makes the text, asks, judges.
    public typealias Run =
        @Sendable (_ questions: [EvaluationQuestion], any EvidenceSystem) async throws -> [JudgedOutput]

    /// A case of these questions.
    public init(questions: [EvaluationQuestion], run: @escaping Run) {
        self.questions = questions
        self.run = run
    }
}

/// What a system gave for one question, and what it is worth: metric names and values, higher is better.
public struct JudgedOutput: Sendable {
    var output: SystemOutput
    var metrics: [String: Double]

    /// An output with its metrics.
    public init(output: SystemOutput, metrics: [String: Double]) {
        self.output = output
        self.metrics = metrics
    }
}

/// A kind of evaluation: a list of cases. Adding one is adding a file.
public protocol EvaluationTask: Sendable {
    /// The name in reports, the same as the subcommand's: `qa`, `nih`.
    var name: String { get }
    /// The title of reports.
    var title: String { get }
    /// The settings that results depend on, for the record.
    var settings: [String: String] { get }
    /// How reports lay out results in a heat map; nil where they have no two sides.
    var grid: EvaluationGrid? { get }
    /// The cases in the order in which they are run.
    func cases() throws -> [EvaluationCase]
}

extension EvaluationTask {
    /// No heat map.
    public var grid: EvaluationGrid? { nil }
}

/// The two sides of a heat map of results.
public struct EvaluationGrid: Sendable {
    /// What a side stands for.
    public enum Side: Sendable {
        /// The question's group, under this title.
        case group(title: String)
        /// The parameter of this name.
        case parameter(String)
    }

    /// From top to bottom.
    public var rows: Side
    /// From left to right.
    public var columns: Side

    /// A grid of two sides.
    public init(rows: Side, columns: Side) {
        self.rows = rows
        self.columns = columns
    }
}
