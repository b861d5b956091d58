import ArgumentParser
import Evaluation
import Foundation

/// The paper's observation, for any model and text.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Shows which layers and heads of a model attend to the answer.",
        discussion: """
            The model reads the window of the text that holds the answer, with the question behind it. For each layer and head: \
            the share of the attention that falls on the passage that answers, its place among all passages, and, over several \
            questions, how that share goes with whether the model's own answer is right. --html adds heat maps of question and \
            context; what the profile keeps is marked.

            Examples:
              infiniretri analyze book.txt "Who owns the house by the river?" "Ann Lee" --html page.html
              infiniretri analyze --data questions.jsonl --limit 20 --html page.html
            """)

    @Argument(help: "The text; - is standard input.")
    var file: String?

    @Argument(help: "The question.")
    var question: String?

    @Argument(help: "The answer, as it stands in the text.")
    var answer: String?

    @Option(name: .long, help: ArgumentHelp("Many questions instead (see eval qa).", valueName: "file.jsonl"))
    var data: String?

    @Option(name: .long, help: ArgumentHelp("Only the first n questions.", valueName: "n"))
    var limit: Int?

    @Option(name: .long, help: ArgumentHelp("Write a page with heat maps.", valueName: "file.html"))
    var html: String?

    @Option(name: .long, help: ArgumentHelp("Evidence tokens kept at most, for the marks.", valueName: "n"))
    var budget = 400

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    /// Enough for a short answer.
    private static let answerTokens = 32

    func validate() throws {
        if data == nil, answer == nil {
            throw ValidationError("Give a text, a question and its answer, or --data.")
        }
        if data != nil, file != nil { throw ValidationError("Give a text with its question, or --data, not both.") }
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
        if let window = reading.window, window < 64 { throw ValidationError("--window must be 64 or more.") }
    }

    func run() async throws {
        let dataSet = try data.map { try QuestionDataSet(path: $0, limit: limit) }
        let text = try file.map { String(decoding: try PlainInput.bytes(of: $0), as: UTF8.self) }
        let loaded = try model.load(output)
        let profile = try await reading.profile(for: loaded, output)
        var study = AttentionStudy(model: loaded.model, profile: profile, window: reading.window)
        let progress = EvaluationProgress(isQuiet: output.quiet)
        defer { progress.clear() }
        if let dataSet {
            try await study.read(dataSet, budget: budget, answerTokens: Self.answerTokens) {
                progress.finished($0, of: $1)
            }
        } else if let text, let question, let answer {
            try await study.read(
                question: question, answer: answer, in: text, budget: budget, answerTokens: Self.answerTokens)
        }
        progress.clear()
        let analysis = AttentionAnalysis(study.readings)
        if let html {
            do {
                try AnalysisReport(analysis, readings: study.readings, views: study.views, model: loaded.name)
                    .write(to: URL(fileURLWithPath: html))
            } catch {
                throw CommandError("cannot write the page to '\(html)': \(FailureMessage.text(of: error))")
            }
        }
        if output.json {
            try StandardOutput.write(json: analysis)
        } else {
            try StandardOutput.write(LayerTable.text(of: analysis))
        }
    }
}
