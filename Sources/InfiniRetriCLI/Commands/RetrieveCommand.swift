import ArgumentParser

/// `ask` without generation.
struct RetrieveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrieve",
        abstract: "Finds the evidence for a question in texts of any length, without answering.",
        discussion: """
            The passages are printed in the order of the texts, each with file:line, byte range and score.

            Examples:
              infiniretri retrieve book.txt "Who owns the house by the river?"
              infiniretri retrieve --budget 800 --json src/ "Where are timeouts set?"
              infiniretri retrieve --profile paper --strategy fold book.txt "Who is Ishmael?"
            """)

    @OptionGroup(title: "Texts and questions") var questions: QuestionArguments
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @OptionGroup(title: "Retrieval") var explaining: ExplainArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws { try RetrievalRun.check(questions, retrieval) }

    func run() async throws {
        try await RetrievalRun(
            questions: questions, model: model, retrieval: retrieval, isExplaining: explaining.explain, output: output,
            answering: nil
        ).run()
    }
}
