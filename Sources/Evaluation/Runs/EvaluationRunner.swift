/// Runs the cases of a task that have no row yet, one after the other.
public struct EvaluationRunner {
    private let task: any EvaluationTask
    private let system: any EvidenceSystem
    private let circumstances: [String: String]

    /// Pairs a task with the system that it is put to.
    /// - Parameter circumstances: What else results depend on, for the record: the model, its arithmetic.
    public init(task: any EvaluationTask, system: any EvidenceSystem, circumstances: [String: String] = [:]) {
        self.task = task
        self.system = system
        self.circumstances = circumstances
    }

    /// What results depend on: the task's settings, the system's, and the circumstances.
    public var settings: [String: String] {
        circumstances.merging(task.settings) { $1 }.merging(system.settings) { $1 }.merging(["task": task.name]) { $1 }
    }

    /// Runs what is missing and summarises everything.
    /// - Parameters:
    ///   - folder: Keeps rows, summary and report, and gives the rows of an interrupted run; nil keeps nothing.
    ///   - progress: Called with all rows so far and the number of all questions, before the first case and after each.
    /// - Throws: `CancellationError` between cases when the task is cancelled; what the system throws.
    public func run(
        into folder: ResultFolder<EvaluationRow>? = nil, progress: ([EvaluationRow], Int) -> Void = { _, _ in }
    ) async throws -> EvaluationSummary {
        let batches = try task.cases().map { item in
            ResumableRun<EvaluationQuestion, EvaluationRow>.Batch(items: item.questions) { open in
                zip(open, try await item.run(open, system)).map(Self.row)
            }
        }
        let rows = try await ResumableRun(batches: batches).rows(into: folder, progress: progress)
        let summary = EvaluationSummary(task: task.name, rows: rows)
        try folder?.write(summary)
        let report = EvaluationReport(
            title: task.title, summary: summary, rows: rows, settings: settings, grid: task.grid)
        try folder?.write(report.page)
        return summary
    }

    private static func row(of question: EvaluationQuestion, _ judged: JudgedOutput) -> EvaluationRow {
        EvaluationRow(
            id: question.id, group: question.group, parameters: question.parameters, question: question.text,
            expected: question.expected, output: judged.output,
            metrics: judged.output.skipped == nil ? judged.metrics : [:])
    }
}
