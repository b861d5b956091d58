import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct QuestionAnswering: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "qa",
            abstract: "Questions about long texts, from a JSON Lines file in LongBench's form.",
            discussion: """
                A line is {"_id", "dataset", "input": question, "context", "answers": [...], "gold": passage}; "_id", "dataset" \
                and "gold" may be missing. Neighbouring questions about the same text are answered in one pass over it.

                answerRecall: share of questions for which an accepted answer stands in the evidence, in any letter case.
                goldHit: share for which some evidence comes out of the gold passage.
                exactMatch, f1: the generated answer, in SQuAD's normal form (with --answer).
                Intervals are 95 % bootstrap intervals.

                Examples:
                  infiniretri eval qa --data questions.jsonl
                  infiniretri eval qa --data questions.jsonl --strategy fold --answer --out results/fold
                  infiniretri eval qa --data questions.jsonl --baseline bm25
                """)

        @Option(name: .long, help: ArgumentHelp("The questions.", valueName: "file.jsonl"))
        var data: String

        @Option(name: .long, help: ArgumentHelp("Only the first n questions.", valueName: "n"))
        var limit: Int?

        @OptionGroup var evaluation: EvaluationArguments

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
        }

        func run() async throws {
            let task = QuestionAnsweringTask(try QuestionDataSet(path: data, limit: limit))
            let loaded = try evaluation.model.load(evaluation.output)
            let (_, summary) = try await evaluation.run(task, on: evaluation.system(loaded))
            if evaluation.output.json {
                try StandardOutput.write(json: summary)
            } else {
                try StandardOutput.write(SummaryTable.text(of: summary))
            }
        }
    }
}
