import ArgumentParser
import Evaluation
import InfiniRetri
import Transformer

/// What all evaluation tasks share.
struct EvaluationArguments: ParsableArguments {
    enum Baseline: String, ExpressibleByArgument, CaseIterable {
        case bm25
    }

    @Flag(name: .long, help: "Generate answers too, and judge them; without it, only the evidence is judged.")
    var answer = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Evaluate a baseline instead: bm25 keeps the best sentences in the same budget.", valueName: "bm25"))
    var baseline: Baseline?

    @Option(
        name: .long, help: ArgumentHelp("Keep rows and summary here, and continue from them.", valueName: "folder"))
    var out: String?

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @OptionGroup(title: "Answer") var generation: GenerationArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if baseline != nil && answer { throw ValidationError("A baseline only retrieves: leave out --answer.") }
    }

    /// The system that the options describe.
    func system(_ loaded: LoadedModel) throws -> any EvidenceSystem {
        switch baseline {
        case .bm25: return BM25System(budget: retrieval.budget, tokenizer: loaded.model.tokenizer)
        case nil:
            let retriever = try Retriever(model: loaded.model, options: retrieval.options())
            output.note("profile: \(retriever.profile.name), strategy: \(retrieval.strategy.rawValue)")
            return RetrieverSystem(
                retriever, model: ["model": loaded.name, "arithmetic": loaded.model.options.arithmetic.rawValue],
                answering: answer ? generation.options : nil)
        }
    }

    /// Runs a task and gives its rows and summary.
    func run(
        _ task: any EvaluationTask, on system: any EvidenceSystem
    ) async throws -> (rows: [EvaluationRow], summary: EvaluationSummary) {
        let runner = EvaluationRunner(task: task, system: system)
        let folder = try out.map { try ResultFolder(path: $0, settings: runner.settings) }
        var progress = ProgressLine(isQuiet: output.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        var rows: [EvaluationRow] = []
        var first: Int?
        let summary = try await runner.run(into: folder) { finished, total in
            rows = finished
            let before = first ?? finished.count
            first = before
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let done = finished.count - before
            let left = done > 0 ? Quantity.duration(seconds / Double(done) * Double(total - finished.count)) : "-:--"
            progress.show("\(finished.count) of \(total) questions, \(left) left")
        }
        return (rows, summary)
    }
}
