import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct Layers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "layers",
            abstract: "Which layers and heads of a model rank the passage that answers first.",
            discussion: """
                Every question of a JSON Lines file (see eval qa) is put to the one window of its text that holds the answer; the \
                passages of the window are ranked by the attention of each layer, its heads summed, and of each head alone. \
                Printed is the share of questions whose passage comes first, and what chance would reach.

                Examples:
                  infiniretri eval layers --data questions.jsonl
                  infiniretri eval layers --data questions.jsonl --limit 40 --out results/layers
                """)

        @Option(name: .long, help: ArgumentHelp("The questions.", valueName: "file.jsonl"))
        var data: String

        @Option(name: .long, help: ArgumentHelp("Only the first n questions.", valueName: "n"))
        var limit: Int?

        @Option(name: .long, help: ArgumentHelp("Tokens of a window (default: 1500).", valueName: "n"))
        var window: Int?

        @Option(
            name: .long,
            help: ArgumentHelp("Keep rows, summary and report.html here, and continue from them.", valueName: "folder"))
        var out: String?

        @OptionGroup(title: "Model") var model: ModelOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
            if let window, window < 64 { throw ValidationError("--window must be 64 or more.") }
        }

        func run() async throws {
            let dataSet = try QuestionDataSet(path: data, limit: limit)
            let loaded = try model.load(output)
            let evaluation = LayerEvaluation(
                dataSet, survey: AttentionSurvey(model: loaded.model, window: window),
                circumstances: ["model": loaded.name, "arithmetic": loaded.model.options.arithmetic.rawValue])
            let folder = try out.map {
                try ResultFolder<AttentionReading>(path: $0, settings: evaluation.settings)
            }
            let progress = EvaluationProgress(isQuiet: output.quiet)
            defer { progress.clear() }
            let summary = try await evaluation.run(into: folder) { progress.finished($0, of: $1) }
            progress.clear()
            if output.json {
                try StandardOutput.write(json: summary)
            } else {
                try StandardOutput.write(LayerTable.text(of: summary))
            }
            if let out { output.note("report: \(out)/report.html") }
        }
    }
}
