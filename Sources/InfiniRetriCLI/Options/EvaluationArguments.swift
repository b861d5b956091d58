import ArgumentParser
import Evaluation
import InfiniRetri
import Transformer

/// What all evaluation tasks share.
struct EvaluationArguments: ParsableArguments {
    enum Baseline: String, ExpressibleByArgument, CaseIterable {
        case bm25, full, truncated, random
    }

    @Flag(name: .long, help: "Generate answers too, and judge them; without it, only the evidence is judged.")
    var answer = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            Evaluate a baseline instead. bm25: the best passages by words, in the same budget; random: passages by chance \
            (--seed), in the same budget; truncated: the beginning and the end of the text, half the budget each; full: the \
            whole text, where the context window holds it.
            """, valueName: "bm25|random|truncated|full"))
    var baseline: Baseline?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What bm25 and random keep as a whole (default: sentence).", valueName: "sentence|paragraph"))
    var baselineUnit: PassageUnit?

    @Option(
        name: .long,
        help: ArgumentHelp("Keep rows, summary and report.html here, and continue from them.", valueName: "folder"))
    var out: String?

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @OptionGroup(title: "Answer") var generation: GenerationArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if baselineUnit != nil, baseline != .bm25, baseline != .random {
            throw ValidationError("--baseline-unit goes with --baseline bm25 or random.")
        }
    }

    /// Runs a task, prints its results, and keeps them where `--out` says.
    /// - Parameters:
    ///   - sharingWindows: Whether windows that stand in several texts are read once.
    ///   - table: What is printed for people before the summary.
    func run(
        _ task: any EvaluationTask, on loaded: LoadedModel, sharingWindows: Bool = false,
        table: ([EvaluationRow]) -> String = { _ in "" }
    ) async throws {
        let progress = EvaluationProgress(isQuiet: output.quiet)
        defer { progress.clear() }
        let runner = EvaluationRunner(
            task: task, system: try await system(loaded, sharingWindows: sharingWindows, progress: progress),
            circumstances: ["model": loaded.name, "arithmetic": loaded.model.options.arithmetic.rawValue])
        let folder = try out.map { try ResultFolder<EvaluationRow>(path: $0, settings: runner.settings) }
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
        if let out { output.note("report: \(out)/report.html") }
    }

    private var isAnswering: Bool { answer || generation.short }

    /// The system that the options describe.
    private func system(
        _ loaded: LoadedModel, sharingWindows: Bool, progress: EvaluationProgress
    ) async throws -> any EvidenceSystem {
        let system: any EvidenceSystem
        let profile: RetrievalProfile
        if let baseline {
            system = try self.system(of: baseline, for: loaded.model)
            guard isAnswering else { return system }
            profile = try await retrieval.reading.profile(for: loaded, output)
        } else {
            let retriever = try await retrieval.retriever(
                for: loaded, running: sharingWindows ? RememberingModel(loaded.model) : nil, output)
            system = RetrieverSystem(retriever, isTimed: !sharingWindows) { progress.reading($0) }
            guard isAnswering else { return system }
            profile = retriever.profile
        }
        if generation.short { return ShortAnsweringSystem(system, model: loaded.model, template: profile.prompt) }
        return AnsweringSystem(
            system, model: loaded.model, profile: profile, sampling: generation.sampling,
            answerTokens: generation.maxTokens)
    }

    private func system(of baseline: Baseline, for model: TransformerModel) throws -> any EvidenceSystem {
        let budget = try retrieval.retrievalPlan().budget
        func ranked(_ ranking: any PassageRanking) -> any EvidenceSystem {
            RankedPassagesSystem(
                ranking: ranking, unit: baselineUnit ?? .sentence, budget: budget, tokenizer: model.tokenizer)
        }
        return switch baseline {
        case .bm25: ranked(BM25Ranking())
        case .random: ranked(RandomRanking(seed: generation.seed))
        case .truncated: TruncatedContextSystem(budget: budget, tokenizer: model.tokenizer)
        case .full: FullContextSystem(contextLength: model.shape.contextLength, tokenizer: model.tokenizer)
        }
    }
}

extension PassageUnit: ExpressibleByArgument {}
