import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct Ruler: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ruler",
            abstract: "RULER: synthetic tasks of any length (arXiv 2404.06654).",
            discussion: """
                Tasks: \(RulerTask.listing); needles stands for the eight that begin with niah, all for all. \
                The tasks single_2, single_3, multikey_1, multivalue and multiquery hide their needles in essays and want \
                --haystack.

                evidenceRecall: share of what is expected that stands in the evidence.
                stringMatch: share that stands in the generated answer, RULER's own figure (with --answer).
                cwe and fwe ask which words are frequent in the whole text: evidence recall says nothing there.

                Texts have --lengths tokens of the model and depend on --seed, task, length and sample alone.

                Examples:
                  infiniretri eval ruler --haystack essays --lengths 8192
                  infiniretri eval ruler --tasks niah_multikey_2,vt --lengths 4096,131072 --samples 20 --answer
                  infiniretri eval ruler --tasks needles --haystack essays --lengths 131072 --out results/ruler
                """)

        @Option(name: .long, help: ArgumentHelp("Tasks, separated by commas.", valueName: "name,..."))
        var tasks = CommaSeparated<String>(["needles"])

        @Option(name: .long, help: ArgumentHelp("Lengths in tokens, separated by commas.", valueName: "n,..."))
        var lengths = CommaSeparated<Int>([8_192])

        @Option(name: .long, help: ArgumentHelp("Texts for each task and length.", valueName: "n"))
        var samples = 10

        @Option(name: .long, help: ArgumentHelp("Folder of .txt files: the essays.", valueName: "folder"))
        var haystack: String?

        @OptionGroup var baseline: BaselineArguments
        @OptionGroup var evaluation: EvaluationArguments

        func validate() throws {
            if samples < 1 { throw ValidationError("--samples must be 1 or more.") }
        }

        func run() async throws {
            let loaded = try evaluation.model.load(evaluation.output)
            let task = try RulerTask(
                names: tasks.values, lengths: lengths.values, samples: samples, seed: evaluation.generation.seed,
                source: RulerSource(folder: haystack, tokenizer: loaded.model.tokenizer))
            try await TaskEvaluation(arguments: evaluation, baseline: baseline).run(task, on: loaded)
        }
    }
}
