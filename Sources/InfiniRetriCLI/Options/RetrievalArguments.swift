import ArgumentParser
import InfiniRetri

extension ReadingOrder: ExpressibleByArgument {}

/// How a text is searched.
struct RetrievalArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            The order in which windows are read: tree (each alone, the best meet again), fold (the paper's: what was kept \
            joins the next window) or index (read without the question, whose queries meet the keys).
            """, valueName: "tree|fold|index"))
    var strategy: ReadingOrder = .tree

    @OptionGroup var reading: ReadingArguments

    @Option(name: .long, help: ArgumentHelp("Evidence tokens kept at most.", valueName: "n"))
    var budget = 400

    @OptionGroup var keys: KeyArguments

    @Flag(
        name: .long,
        help: """
            With an index: words that a passage shares with the question count beside its keys at first. For very long texts.
            """)
    var lexicalPrior = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            How often at most what the evidence names is looked for in turn: for questions whose answer takes several steps. \
            With tree or an index.
            """, valueName: "n"))
    var hops = 0

    func validate() throws {
        if hops < 0 { throw ValidationError("--hops must be 0 or more.") }
        if hops > 0, strategy == .fold {
            throw ValidationError("--hops goes with tree or an index; fold carries evidence along as it reads.")
        }
        if keys.keys != nil, strategy != .index { throw ValidationError("--keys goes with --strategy index.") }
    }

    /// Refuses `--lexical-prior` where no index is asked.
    func checkLexicalPrior(withIndex hasIndex: Bool = false) throws {
        if lexicalPrior, !hasIndex, strategy != .index {
            throw ValidationError("--lexical-prior goes with an index: add --strategy index, or ask one with --index.")
        }
    }

    /// The options as the retrieval core wants them for a model, which is calibrated where that is due.
    func options(for loaded: LoadedModel, _ output: OutputOptions) async throws -> RetrievalOptions {
        RetrievalOptions(
            profile: try await reading.profile(for: loaded, output), strategy: strategy, budget: budget,
            window: reading.window, keyFormat: keys.format, lexicalPrior: lexicalPrior, hops: hops)
    }
}
