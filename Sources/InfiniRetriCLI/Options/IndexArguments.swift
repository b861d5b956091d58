import ArgumentParser
import InfiniRetri

/// Which index is meant.
struct IndexPath: ParsableArguments {
    @Argument(help: ArgumentHelp("The index.", valueName: "path.iridx"))
    var index: String
}

/// What all commands share that read texts into an index.
struct IndexBuildArguments: ParsableArguments {
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Documents") var documents: DocumentArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    /// Runs `work` with a builder, shows its progress, and prints what it came to.
    /// - Parameter keys: How an index that does not exist yet is to store its keys.
    func run(
        _ path: String, keys: KeyFormat? = nil,
        _ work: (IndexBuilder, (ReadingProgress) -> Void) throws -> IndexChange
    ) async throws {
        try report(try await withBuilder(keys: keys, work), of: path)
    }

    /// Prints what a change of an index came to.
    func report(_ outcome: IndexChange, of path: String) throws {
        output.tell(outcome.omissions)
        let report = IndexChangeReport(outcome, index: try AttentionIndex(path: path))
        if output.json { return try StandardOutput.write(json: report) }
        try StandardOutput.write(report.text)
    }

    /// Loads the model and runs `work` with a builder, showing its progress.
    func withBuilder<Result>(
        keys: KeyFormat? = nil, _ work: (IndexBuilder, (ReadingProgress) -> Void) throws -> Result
    ) async throws -> Result {
        let loaded = try model.load(output)
        var plan = RetrievalPlan.standard
        plan.window = reading.window
        if let keys { plan.keyFormat = keys }
        let builder = try IndexBuilder(
            model: loaded.model, profile: try await reading.profile(for: loaded, output), plan: plan)
        output.note("profile: \(builder.profileName)")
        var progress = ProgressLine(isQuiet: output.quiet)
        defer { progress.clear() }
        return try work(builder) { progress.show(ReadingLine.text(of: $0)) }
    }
}
