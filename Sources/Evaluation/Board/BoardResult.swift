/// What all systems came to on all sets of a board.
public struct Board: Sendable, Encodable {
    /// What all results depend on: the model, its arithmetic.
    public var circumstances: [String: String]
    /// In the manifest's order.
    public var sets: [BoardResult]
}

/// What all systems came to on one set.
public struct BoardResult: Sendable, Encodable {
    /// The set's name.
    public var name: String
    /// Its task, as in the commands of `eval`.
    public var task: String
    /// Evidence tokens that each system may keep.
    public var budget: Int
    /// The systems: first the one that the others are compared with.
    public var systems: [BoardEntry]

    /// Which metric tells systems apart where a set has it: all needed passages, else the answer.
    static let comparedMetrics = ["goldAll", "answerRecall", "retrieved", "longBench"]

    /// Summarises the rows of each system; the first system is compared with every other.
    init(name: String, task: String, budget: Int, rows: [(system: String, rows: [EvaluationRow])]) {
        self.name = name
        self.task = task
        self.budget = budget
        let ours = rows.first?.rows ?? []
        let metric = Self.comparedMetrics.first { name in ours.contains { $0.metrics[name] != nil } }
        systems = rows.enumerated().map { index, system in
            let summary = EvaluationSummary(task: task, rows: system.rows)
            let difference =
                index == 0
                ? nil
                : metric.flatMap {
                    PairedDifference($0, of: Self.values($0, of: ours), minus: Self.values($0, of: system.rows))
                }
            return BoardEntry(
                system: system.system, summary: summary, secondsPerQuestion: Self.seconds(of: system.rows),
                difference: difference)
        }
    }

    private static func values(_ metric: String, of rows: [EvaluationRow]) -> [String: Double] {
        Dictionary(rows.compactMap { row in row.metrics[metric].map { (row.id, $0) } }) { _, last in last }
    }

    /// Mean share of a question in its pass; nil where nothing was timed.
    private static func seconds(of rows: [EvaluationRow]) -> Double? {
        let outputs = rows.map(\.output).filter { $0.skipped == nil && $0.retrievalSeconds > 0 }
        if outputs.isEmpty { return nil }
        return outputs.reduce(0) { $0 + $1.retrievalSeconds / Double(max(1, $1.questionsInPass)) }
            / Double(outputs.count)
    }
}

/// What one system came to on one set.
public struct BoardEntry: Sendable, Encodable {
    /// The system's name, which is also that of its folder of results.
    public var system: String
    /// Means with their intervals.
    public var summary: EvaluationSummary
    /// Seconds of retrieval for a question, of a pass its share; nil where nothing was timed.
    public var secondsPerQuestion: Double?
    /// How much better the first system is than this one; nil for the first itself, and without common questions.
    public var difference: PairedDifference?
}
