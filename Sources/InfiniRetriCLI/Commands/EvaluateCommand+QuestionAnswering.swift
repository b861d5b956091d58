import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct QuestionAnswering: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "qa",
            abstract: "Questions about long texts, from a JSON Lines file in LongBench's form.",
            discussion: """
                A line is {"_id", "dataset", "input": question, "context", "answers": [...], "gold"}; "_id", "dataset" and "gold" \
                may be missing. "gold" is the passage that holds the answer, or the list of all that are needed. Neighbouring \
                questions about the same text are answered in one pass over it. Files compressed by xz or gzip are read as they \
                are.

                The files of LongBench v1 run as they are: for its data sets, answers are asked for in its way and judged by its \
                own metric.

                answerRecall: share of questions for which an accepted answer stands in the evidence, in any letter case.
                goldHit: share for which some evidence comes out of the gold passage, or out of any of several.
                goldAll, goldMean: share for which some comes out of every gold passage, and the mean share of these passages; where \
                questions have several.
                exactMatch, f1: the generated answer, in SQuAD's normal form (with --answer).
                longBench: LongBench's metric, 0 to 1, for its data sets (with --answer).
                Intervals are 95 % bootstrap intervals.

                Examples:
                  infiniretri eval qa --data questions.jsonl
                  infiniretri eval qa --data questions.jsonl --joined --out results/joined
                  infiniretri eval qa --data questions.jsonl --answer --baseline bm25
                  infiniretri eval qa --data LongBench/hotpotqa.jsonl --answer --limit 50
                """)

        @Option(name: .long, help: ArgumentHelp("The questions.", valueName: "file.jsonl"))
        var data: String

        @Option(name: .long, help: ArgumentHelp("Only the first n questions.", valueName: "n"))
        var limit: Int?

        @Flag(
            name: .long,
            help: "Ask all questions of one document, made of the passages of all texts, each passage once.")
        var joined = false

        @Option(
            name: .long,
            help: ArgumentHelp(
                "With --joined: put the .txt files of a folder around that document, half before and half behind.",
                valueName: "folder"))
        var padding: String?

        @Option(
            name: .long,
            help: ArgumentHelp(
                "Ask at most n questions in one pass over a text (default: all of the text's).", valueName: "n"))
        var questionsPerPass: Int?

        @OptionGroup var baseline: BaselineArguments
        @OptionGroup var evaluation: EvaluationArguments

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
            if padding != nil, !joined { throw ValidationError("--padding goes with --joined.") }
            if let questionsPerPass, questionsPerPass < 1 {
                throw ValidationError("--questions-per-pass must be 1 or more.")
            }
        }

        func run() async throws {
            let task = QuestionAnsweringTask(
                try QuestionDataSet(path: data, limit: limit), joined: joined, padding: padding,
                questionsPerPass: questionsPerPass)
            try await TaskEvaluation(arguments: evaluation, baseline: baseline)
                .run(task, on: evaluation.model.load(evaluation.output))
        }
    }
}
