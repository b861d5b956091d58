import ArgumentParser
import Foundation
import InfiniRetri

/// How a text is searched.
struct RetrievalArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            The order in which windows are read: tree (each alone, the best passages again together) or fold (the paper's: what \
            was kept joins the next window). Default: tree; with --profile paper, fold.
            """, valueName: "tree|fold"))
    var strategy: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            What finds candidates, together: windows (read with the question) or keys (of an index, or of a temporary one that is \
            made of the files), and lexical (the words that a passage shares with the question). Default: windows,lexical for \
            files, keys,lexical for an index; lexical alone is fastest and finds least.
            """, valueName: "windows|keys,lexical"))
    var stages: CommaSeparated<String>?

    @OptionGroup var reading: ReadingArguments

    @Option(name: .long, help: ArgumentHelp("Evidence tokens kept at most (default: 400).", valueName: "n"))
    var budget: Int?

    @OptionGroup var keys: KeyArguments

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            How often what the evidence names is looked for in turn, for questions whose answer takes several steps: auto (as \
            long as something speaks for it) or a number of steps (default: auto).
            """, valueName: "auto|n"))
    var hops: HopCount?

    @Flag(
        name: .long,
        help: """
            Give every passage that answers, in the order of the texts and with its probability as score, whatever the budget; \
            nothing is generated. For questions such as "Which clauses name a penalty?".
            """)
    var all = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Every number of retrieval, in a JSON file; what it leaves out has its default. Options come on top.",
            valueName: "file.json"))
    var plan: String?

    @Flag(
        name: .long,
        help: "Do not answer what the text does not seem to answer, and exit with 3 where there is such a question.")
    var requireEvidence = false

    @Flag(name: .long, help: "With --json: the attention that each token of the evidence gets, for shading.")
    var tokenScores = false

    @Flag(name: .long, help: .hidden) var lexicalPrior = false

    func validate() throws {
        if lexicalPrior { throw ValidationError("--lexical-prior is now: --stages keys,lexical") }
        if strategy == "index" { throw ValidationError("--strategy index is now: --stages keys") }
        if let strategy, ReadingOrder(rawValue: strategy) == nil {
            throw ValidationError("--strategy is tree or fold, not '\(strategy)'.")
        }
        let known = ["windows", "keys", "lexical"]
        for stage in stages?.values ?? [] where !known.contains(stage) {
            throw ValidationError("--stages knows \(known.joined(separator: ", ")), not '\(stage)'.")
        }
        if case .steps(let steps) = hops, steps > 0, strategy == "fold" {
            throw ValidationError("--hops goes with --strategy tree; fold carries evidence along as it reads.")
        }
        if all, strategy == "fold" || reading.profile == "paper" && strategy == nil {
            throw ValidationError("--all goes with --strategy tree; fold keeps what the budget holds.")
        }
        if all, budget != nil { throw ValidationError("--all has no --budget: it gives what there is.") }
        if let budget, budget < 16 { throw ValidationError("--budget must be 16 or more.") }
        if keys.keys != nil, stages?.values.contains("keys") != true {
            throw ValidationError("--keys goes with --stages keys.")
        }
    }

    /// The plan: the file's, the paper's with its profile, or the default, with what other options say on top.
    func retrievalPlan() throws -> RetrievalPlan {
        var plan = reading.profile == "paper" ? RetrievalPlan.paper : .standard
        if let file = self.plan {
            do {
                plan = try RetrievalPlan(json: Data(contentsOf: URL(fileURLWithPath: file)))
            } catch let error as RetrievalError {
                throw CommandError("\(file): \(error)")
            } catch {
                throw CommandError("cannot read the plan '\(file)': \(FailureMessage.text(of: error))")
            }
        }
        if let order = strategy.flatMap(ReadingOrder.init) {
            plan.order = order
            if order == .fold { plan.stages = plan.stages ?? [.windows] }
        }
        if let stages { plan.stages = stages.values.map(RetrievalPlan.Stage.init(rawValue:)) }
        if let budget { plan.budget = budget }
        if tokenScores { plan.scoresTokens = true }
        if all { plan.exhaustive.isOn = true }
        if requireEvidence { plan.answers.answersAnyway = false }
        if let window = reading.window { plan.window = window }
        if case .steps(let steps) = hops { (plan.hops.most, plan.hops.isAutomatic) = (steps, false) }
        if let format = keys.keys { plan.keyFormat = format }
        return plan
    }

    /// A retriever for a model, which is calibrated where that is due.
    /// - Parameter model: What runs, where that is not the loaded model itself.
    func retriever(
        for loaded: LoadedModel, running model: (any LanguageModel)? = nil, _ output: OutputOptions
    ) async throws -> Retriever {
        let plan = try retrievalPlan()
        let retriever = try Retriever(
            model: model ?? loaded.model, profile: try await reading.profile(for: loaded, output), plan: plan)
        output.note("profile: \(retriever.profile.name), strategy: \(retriever.plan.order.rawValue)")
        return retriever
    }

    /// A retriever for an index: with the profile, the window and the cuts that it was built with, unless others are given.
    func retriever(
        for loaded: LoadedModel, asking index: AttentionIndex, _ output: OutputOptions
    ) async throws -> Retriever {
        var plan = try retrievalPlan()
        plan.order = .tree
        if plan.window == nil { plan.window = index.window }
        if self.plan == nil { plan.segmentation = index.segmentation }
        let profile =
            reading.profile == "auto" ? try index.profile : try await reading.profile(for: loaded, output)
        output.note("profile: \(profile.name), index: \(index.path)")
        return try Retriever(model: loaded.model, profile: profile, plan: plan)
    }
}
