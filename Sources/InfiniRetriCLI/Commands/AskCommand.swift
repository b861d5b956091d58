import ArgumentParser

/// The main job: retrieves, answers, shows the evidence.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Answers a question from texts of any length, and shows the evidence.",
        discussion: """
            Reads the files window by window, keeps the passages that the model's attention points at, and answers from \
            them. The answer is printed as it is generated; then follows the evidence with file:line and byte range.

            With a small model, believe the evidence before the answer. With --short the answer is no more than the words of the             evidence that the model points at.

            Examples:
              infiniretri ask book.txt "Who owns the house by the river?"
              infiniretri ask notes/ reports/2024.txt "When was the bridge closed?"
              zcat log.gz | infiniretri ask - "Which service failed first?"
              infiniretri ask book.txt --questions questions.txt --json
              infiniretri ask --short book.txt "When was the house built?"
              infiniretri ask archive/ "On which river lies the town where the novel is kept?"
              infiniretri ask contract.txt --all "Which clauses name a penalty?"
              infiniretri ask contract.txt --require-evidence "Is there a penalty?" || echo "not in there"
            """)

    @OptionGroup(title: "Texts and questions") var questions: QuestionArguments
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @OptionGroup(title: "Retrieval") var explaining: ExplainArguments
    @OptionGroup(title: "Answer") var generation: GenerationArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if retrieval.all, generation.short {
            throw ValidationError("--all gives passages, no answer: leave out --short.")
        }
        try RetrievalRun.check(questions, retrieval)
    }

    func run() async throws {
        try await RetrievalRun(
            questions: questions, model: model, retrieval: retrieval, isExplaining: explaining.explain, output: output,
            answering: retrieval.all ? nil : generation.short ? .short : .generated(generation.options)
        ).run()
    }
}
