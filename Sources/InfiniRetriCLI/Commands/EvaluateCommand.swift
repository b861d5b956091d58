import ArgumentParser

/// Evaluation tasks.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measures how well answers are found.",
        discussion: """
            With --out FOLDER every finished question is kept as a line of rows.jsonl, the summary as summary.json, and \
            everything for people as report.html; the same command run again continues where it was interrupted.

            --baseline puts the same questions to BM25, to passages by chance, to the text's two ends, or to the whole text in \
            the context window. With --answer, all of them are answered from by the same model with the same prompt.

            eval board runs several data sets against baselines and prints one table.
            """,
        subcommands: [QuestionAnswering.self, Needle.self, Ruler.self, Board.self, Layers.self])
}
