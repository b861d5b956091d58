import ArgumentParser
import Evaluation
import InfiniRetri

extension EvaluateCommand {
    struct Board: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "board",
            abstract: "Every set that a folder's board.json lists, beside baselines: one table.",
            discussion: """
                board.json lists the sets; paths begin at its folder:

                  {"sets": [
                    {"name": "nq", "task": "qa", "file": "nq.jsonl.xz", "limit": 50},
                    {"name": "nq-joined", "task": "qa", "file": "nq.jsonl.xz",
                     "joined": true, "budget": 800},
                    {"name": "needle", "task": "nih", "haystack": "essays",
                     "lengths": [8192, 131072], "depths": [0.5]},
                    {"name": "people", "task": "table", "file": "people.csv",
                     "questions": "questions.txt", "rows": "rows.txt"}
                  ]}

                qa: a JSON Lines file (see eval qa). nih: the paper's needle in texts made of a folder's .txt files (see eval nih). \
                table: a text, a file with a question a line, and one whose lines are the rows of the text that answer them. \
                "budget" is the evidence of this set in tokens (else --budget).

                Put to each set are the product (ours), and BM25 over sentences and over paragraphs, with the same budget. With \
                --out FOLDER, rows, summary and report of each stand in FOLDER/SET/SYSTEM, and any further system that has a \
                rows.jsonl there, as scripts/compare-dense.py writes it, gets a line of the table.

                The last column is the mean difference of the product to the system, question by question: of goldAll where the \
                questions of a set need several passages, else of answerRecall. Intervals are 95 % bootstrap intervals. \
                Other metrics: eval qa --help.

                Examples:
                  infiniretri eval board boards/dev --out results/dev
                  infiniretri eval board boards/dev --sets nq,people --short
                  infiniretri eval board boards/dev --model qwen2.5-coder-0.5b --json
                """)

        @Argument(help: ArgumentHelp("The folder with board.json.", valueName: "folder"))
        var folder: String

        @Option(name: .long, help: ArgumentHelp("Only these sets, separated by commas.", valueName: "name,..."))
        var sets: CommaSeparated<String>?

        @OptionGroup var evaluation: EvaluationArguments

        func run() async throws {
            let output = evaluation.output
            let plan = try evaluation.retrieval.retrievalPlan()
            let manifest = try BoardManifest(folder: folder, picking: sets?.values, budget: plan.budget)
            for warning in manifest.warnings { output.warn(warning) }
            let loaded = try evaluation.model.load(output)
            let profile = try await evaluation.retrieval.reading.profile(for: loaded, output)
            let progress = EvaluationProgress(isQuiet: output.quiet)
            defer { progress.clear() }
            let run = try BoardRun(
                manifest, tokenizer: loaded.model.tokenizer, circumstances: evaluation.circumstances(of: loaded)
            ) { set in
                var plan = plan
                plan.budget = set.budget
                let retriever = try Retriever(model: loaded.model, profile: profile, plan: plan)
                let product = RetrieverSystem(retriever) { progress.reading($0) }
                let baselines = PassageUnit.allCases.map { unit in
                    BoardRun.System(
                        "bm25-\(unit.rawValue)",
                        RankedPassagesSystem(
                            ranking: BM25Ranking(), unit: unit, budget: set.budget, tokenizer: loaded.model.tokenizer))
                }
                return ([.init("ours", product)] + baselines).map {
                    .init($0.name, evaluation.answering($0.system, on: loaded, profile: profile))
                }
            }
            let board = try await run.run(into: evaluation.out) {
                progress.finished($0.finished, of: $0.total, in: "\($0.set), \($0.system)")
            }
            progress.clear()
            if output.json {
                try StandardOutput.write(json: board)
            } else {
                try StandardOutput.write(BoardText.text(of: board))
            }
            if let out = evaluation.out { output.note("report: \(out)/report.html") }
        }
    }
}
