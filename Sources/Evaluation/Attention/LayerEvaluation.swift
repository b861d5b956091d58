import Foundation

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
        let wanted = Set(dataSet.entries.map(\.id))
        var readings = (folder?.rows ?? []).filter { wanted.contains($0.id) }
        let finished = Set(readings.map(\.id))
        progress(readings.count, dataSet.entries.count)
        let open = dataSet.entries.filter { !finished.contains($0.id) }
        var start = 0
        while start < open.count {
            let digest = open[start].contextDigest
            let end = open[start...].firstIndex { $0.contextDigest != digest } ?? open.count
            try Task.checkCancellation()
            let records = try open[start..<end].map { ($0.id, try dataSet.record(of: $0)) }
            for reading in try await survey.read(records) {
                try folder?.append(reading)
                readings.append(reading)
            }
            start = end
            progress(readings.count, dataSet.entries.count)
        }
        let summary = LayerSummary(readings)
        try folder?.write(summary)
        try folder?.write(LayerReport(summary: summary, settings: settings).page)
        return summary
    }
}
