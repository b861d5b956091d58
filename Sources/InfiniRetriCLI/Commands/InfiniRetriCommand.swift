import ArgumentParser

/// The root of all commands.
struct InfiniRetriCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infiniretri",
        abstract: "Asks questions of texts of any length, with a small language model on this machine.",
        discussion: """
            A text that is far longer than the model's context window is read window by window. After each, the model's own \
            attention from the question to the text says which passages matter; only these are kept. The answer is \
            generated from what was kept, and every piece of evidence names its file, line and byte range.
            The method is that of "Infinite Retrieval" (arXiv 2502.12962).

            First steps:
              infiniretri models pull
              infiniretri ask book.txt "Who owns the house by the river?"
              cat *.log | infiniretri ask - "Which service failed first?"

            Answers go to standard output; progress and messages to standard error.
            Exit codes: 0 done, 2 wrong usage, 3 with --require-evidence where the text does not answer, 1 any other failure, \
            130 interrupted.
            """,
        version: "0.1.0",
        subcommands: [
            AskCommand.self, RetrieveCommand.self, ExtractCommand.self, IndexCommand.self, GenerateCommand.self,
            TokenizeCommand.self,
            PerplexityCommand.self, BenchCommand.self, CalibrateCommand.self, AnalyzeCommand.self, EvaluateCommand.self,
            ModelsCommand.self,
        ])
}
