import Evaluation
import InfiniRetri

/// One task, put to the product or to a baseline, and reported.
struct TaskEvaluation {
    var arguments: EvaluationArguments
    var baseline: BaselineArguments
    /// Whether windows that stand in several texts are read once.
    var sharesWindows = false

    /// Runs a task, prints its results, and keeps them where `--out` says.
    /// - Parameter table: What is printed for people before the summary.
    func run(
        _ task: any EvaluationTask, on loaded: LoadedModel, table: ([EvaluationRow]) -> String = { _ in "" }
    ) async throws {
        let output = arguments.output
        let progress = EvaluationProgress(isQuiet: output.quiet)
        defer { progress.clear() }
        let runner = EvaluationRunner(
            task: task, system: try await system(loaded, progress: progress),
            circumstances: arguments.circumstances(of: loaded))
        let folder = try arguments.out.map { try ResultFolder<EvaluationRow>(path: $0, settings: runner.settings) }
        var rows: [EvaluationRow] = []
        let summary = try await runner.run(into: folder) { finished, total in
            rows = finished
            progress.finished(finished.count, of: total)
        }
        progress.clear()
        if output.json {
            try StandardOutput.write(json: summary)
        } else {
            try StandardOutput.write(table(rows) + SummaryTable.text(of: summary))
        }
        if let out = arguments.out { output.note("report: \(out)/report.html") }
    }

    /// The system that the options describe.
    private func system(_ loaded: LoadedModel, progress: EvaluationProgress) async throws -> any EvidenceSystem {
        let retrieval = arguments.retrieval
        let budget = try retrieval.retrievalPlan().budget
        if let baseline = baseline.system(for: loaded.model, budget: budget, seed: arguments.generation.seed) {
            // Only answers need a profile, for which a model may have to be calibrated.
            guard arguments.isAnswering else { return baseline }
            return arguments.answering(
                baseline, on: loaded, profile: try await retrieval.reading.profile(for: loaded, arguments.output))
        }
        let retriever = try await retrieval.retriever(
            for: loaded, running: sharesWindows ? RememberingModel(loaded.model) : nil, arguments.output)
        let system = RetrieverSystem(retriever, isTimed: !sharesWindows) { progress.reading($0) }
        return arguments.answering(system, on: loaded, profile: retriever.profile)
    }
}
