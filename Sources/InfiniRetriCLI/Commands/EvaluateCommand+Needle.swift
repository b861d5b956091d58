import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct Needle: AsyncParsableCommand {
        enum Grid: String, ExpressibleByArgument, CaseIterable {
            case paper, coarse
        }

        static let configuration = CommandConfiguration(
            commandName: "nih",
            abstract: "Needle in a haystack: sentences hidden at several depths of long texts.",
            discussion: """
                The texts of a folder (*.txt) are joined, repeated to the wanted length and cut at a sentence end; the needle \
                is put behind a sentence at the wanted depth (0 is the beginning, 1 the end). Needle and question are \
                the paper's by default.

                --needles FILE hides several: a line {"sentence", "question", "answer"} is a needle with its question, \
                {"sentence"} is only hidden, and {"question", "answers": [...]} asks for several needles at once. The first \
                stands at the wanted depth, the others at even steps from there to the end; all questions are asked in one \
                pass.

                retrieved: the whole answer stands in the evidence. answered: it stands in the generated answer, in SQuAD's \
                normal form; rouge1: F measure of the words that both share (with --answer).

                Examples:
                  infiniretri eval nih --haystack essays --lengths 8192,131072 --answer
                  infiniretri eval nih --haystack essays --grid coarse --share-windows --out results/nih
                  infiniretri eval nih --haystack essays --lengths 32768 --needles needles.jsonl --json
                """)

        @Option(name: .long, help: ArgumentHelp("Folder of .txt files.", valueName: "folder"))
        var haystack: String

        @Option(
            name: .long,
            help: ArgumentHelp(
                """
                paper: the paper's 32 lengths from 32,768 to 1,048,576 tokens, at ten depths; coarse: every fourth of these \
                lengths.
                """, valueName: "paper|coarse"))
        var grid: Grid?

        @Option(
            name: .long,
            help: ArgumentHelp("Lengths in tokens, separated by commas (default: 8192).", valueName: "n,..."))
        var lengths: CommaSeparated<Int>?

        @Option(
            name: .long,
            help: ArgumentHelp("Depths from 0 to 1, separated by commas (default: eleven).", valueName: "d,..."))
        var depths: CommaSeparated<Double>?

        @Option(name: .long, help: "The sentence that is hidden (default: the paper's).")
        var needle: String?

        @Option(name: .long, help: "The question (default: the paper's).")
        var question: String?

        @Option(name: .long, help: "The part of the needle that answers the question (default: the paper's).")
        var expected: String?

        @Option(name: .long, help: ArgumentHelp("Several needles, a JSON object a line.", valueName: "file.jsonl"))
        var needles: String?

        @Flag(
            name: .long,
            help: """
                Read a window that stands in several of the texts only once: the same results in a fraction of the time, which \
                is then not reported.
                """)
        var shareWindows = false

        @OptionGroup var baseline: BaselineArguments
        @OptionGroup var evaluation: EvaluationArguments

        func validate() throws {
            if grid != nil && (lengths != nil || depths != nil) {
                throw ValidationError("--grid says which lengths and depths: leave out --lengths and --depths.")
            }
            if needles != nil && (needle != nil || question != nil || expected != nil) {
                throw ValidationError("Give --needles, or one needle with --needle, --question and --expected.")
            }
            if shareWindows, baseline.baseline != nil || !readsWindowsAlone {
                throw ValidationError("--share-windows goes with --strategy tree, whose windows are read alone.")
            }
        }

        private var readsWindowsAlone: Bool {
            let plan = try? evaluation.retrieval.retrievalPlan()
            return plan?.order == .tree && plan?.stages?.contains(.keys) != true
        }

        func run() async throws {
            let needles = try needleSet()
            let loaded = try evaluation.model.load(evaluation.output)
            let task = try NeedleTask(
                haystack: Haystack(folder: haystack, tokenizer: loaded.model.tokenizer), named: haystack,
                needles: needles, grid: points)
            try await TaskEvaluation(arguments: evaluation, baseline: baseline, sharesWindows: shareWindows)
                .run(task, on: loaded, table: NeedleTable.text)
        }

        private func needleSet() throws -> NeedleSet {
            if let needles { return try NeedleSet(path: needles) }
            let paper = NeedleSet.paper
            return try NeedleSet(
                sentences: needle.map { [$0] } ?? paper.sentences,
                questions: [
                    NeedleSet.Question(
                        question ?? paper.questions[0].text,
                        answers: expected.map { [$0] } ?? paper.questions[0].answers)
                ])
        }

        private var points: NeedleTask.Grid {
            switch grid {
            case .paper: .paper
            case .coarse: .coarse
            case nil:
                NeedleTask.Grid(
                    lengths: lengths?.values ?? NeedleTask.Grid.standard.lengths,
                    depths: depths?.values ?? NeedleTask.Grid.standard.depths)
            }
        }
    }
}
