import ArgumentParser

/// Evaluation tasks.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measures how well answers are found.",
        discussion: """
            With --out FOLDER every finished question is kept as a line of rows.jsonl, and the summary as summary.json; the \
            same command run again continues where it was interrupted.
            """,
        subcommands: [QuestionAnswering.self, Needle.self])
}
