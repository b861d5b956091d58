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
        let outcome = try await withBuilder(keys: keys, work)
        OmissionReport(omissions: outcome.omissions).write(output)
        let index = try AttentionIndex(path: path)
        if output.json {
            try StandardOutput.write(json: IndexChangeReport(outcome, index: index))
        } else {
            try StandardOutput.write(IndexChangeReport(outcome, index: index).text)
        }
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
