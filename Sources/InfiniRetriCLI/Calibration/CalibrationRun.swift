import InfiniRetri

/// Runs a calibration with a progress line.
struct CalibrationRun {
    var isQuiet: Bool

    /// - Throws: `CancellationError` when the task is cancelled; what the calibrator throws.
    func calibrate(_ loaded: LoadedModel, options: CalibrationOptions) async throws -> Calibration {
        var progress = ProgressLine(isQuiet: isQuiet)
        defer { progress.clear() }
        for try await event in Calibrator(model: loaded.model, options: options).run() {
            switch event {
            case .progress(let state): progress.show(Self.line(state))
            case .finished(let result): return result
            }
        }
        // A cancelled task ends the stream early, without an error of its own.
        throw CancellationError()
    }

    private static func line(_ progress: CalibrationProgress) -> String {
        let left = progress.secondsLeft.map { ", \(Quantity.duration($0)) left" } ?? ""
        return "calibrating: \(progress.finished) of \(progress.total) texts\(left)"
    }
}
