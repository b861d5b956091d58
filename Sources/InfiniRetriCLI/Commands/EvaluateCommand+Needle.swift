import ArgumentParser
import Evaluation

extension EvaluateCommand {
    struct Needle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "nih",
            abstract: "Needle in a haystack: a sentence hidden at several depths of long texts.",
            discussion: """
                The texts of a folder (*.txt) are joined, repeated to the wanted length and cut at a sentence end; the needle \
                is put behind a sentence at the wanted depth (0 is the beginning, 1 the end). Needle and question are \
                the paper's by default.

                retrieved: the answer stands in the evidence. answered: it stands in the generated answer, in SQuAD's normal \
                form; rouge1: F measure of the words that both share (with --answer).

                Examples:
                  infiniretri eval nih --haystack essays --lengths 8192,131072 --answer
                  infiniretri eval nih --haystack essays --lengths 1048576 --depths 0,0.5,1 --json
                """)

        @Option(name: .long, help: ArgumentHelp("Folder of .txt files.", valueName: "folder"))
        var haystack: String

        @Option(name: .long, help: ArgumentHelp("Lengths in tokens, separated by commas.", valueName: "n,..."))
        var lengths: CommaSeparated<Int> = CommaSeparated([8_192])

        @Option(
            name: .long,
            help: ArgumentHelp("Depths from 0 to 1, separated by commas (default: eleven).", valueName: "d,..."))
        var depths: CommaSeparated<Double>?

        @Option(name: .long, help: "The sentence that is hidden.")
        var needle = NeedleTask.Needle.paper.sentence

        @Option(name: .long, help: "The question.")
        var question = NeedleTask.Needle.paper.question

        @Option(name: .long, help: "The part of the needle that answers the question.")
        var expected = NeedleTask.Needle.paper.answer

        @OptionGroup var evaluation: EvaluationArguments

        func run() async throws {
            let loaded = try evaluation.model.load(evaluation.output)
            let task = try NeedleTask(
                haystack: Haystack(folder: haystack, tokenizer: loaded.model.tokenizer), named: haystack,
                needle: NeedleTask.Needle(sentence: needle, question: question, answer: expected),
                lengths: lengths.values, depths: depths?.values ?? (0...10).map { Double($0) / 10 })
            let (rows, summary) = try await evaluation.run(task, on: evaluation.system(loaded))
            if evaluation.output.json {
                try StandardOutput.write(json: summary)
            } else {
                try StandardOutput.write(NeedleTable.text(of: rows) + SummaryTable.text(of: summary))
            }
        }
    }
}

/// Values separated by commas.
struct CommaSeparated<Value: LosslessStringConvertible & Sendable>: ExpressibleByArgument, Sendable {
    var values: [Value]

    init(_ values: [Value]) { self.values = values }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        values = parts.compactMap { Value($0.trimmingCharacters(in: .whitespaces)) }
        if values.count != parts.count { return nil }
    }

    var defaultValueDescription: String { values.map(\.description).joined(separator: ",") }
}
