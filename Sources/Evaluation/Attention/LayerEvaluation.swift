/// How well each layer and head ranks the passage that answers first among those of a window (`eval layers`).
public struct LayerEvaluation: Sendable {
    private let dataSet: QuestionDataSet
    private let survey: AttentionSurvey
    private let circumstances: [String: String]

    /// - Parameter circumstances: What else results depend on, for the record: the model, its arithmetic.
    public init(_ dataSet: QuestionDataSet, survey: AttentionSurvey, circumstances: [String: String] = [:]) {
        self.dataSet = dataSet
        self.survey = survey
        self.circumstances = circumstances
    }

    /// What results depend on.
    public var settings: [String: String] {
        circumstances.merging(survey.settings) { $1 }.merging(["task": "layers", "data": dataSet.path]) { $1 }
    }

    /// Runs what is missing and summarises everything.
    /// - Parameter progress: Called with the number of finished questions and of all, before the first and after each text.
    /// - Throws: `CancellationError` when the task is cancelled; what the survey throws.
    public func run(
        into folder: ResultFolder<AttentionReading>? = nil, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> LayerSummary {
        let batches = dataSet.texts.map { entries in
            ResumableRun<QuestionDataSet.Entry, AttentionReading>.Batch(items: Array(entries)) { open in
                try await survey.read(open.map { ($0.id, try dataSet.record(of: $0)) })
            }
        }
        let readings = try await ResumableRun(batches: batches).rows(into: folder) { progress($0.count, $1) }
        let summary = LayerSummary(readings)
        try folder?.write(summary)
        try folder?.write(LayerReport(summary: summary, settings: settings).page)
        return summary
    }
}
