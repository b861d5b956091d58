import ArgumentParser
import Foundation
import InfiniRetri

/// Texts and questions: `[FILE ...] "QUESTION"`, or `--questions LIST [FILE ...]`.
struct QuestionArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files or folders to read (- is standard input), and the question last.", valueName: "file ... question"))
    var words: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Ask every line of this file in one pass over the texts; then all words are files.", valueName: "file"))
    var questions: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Ask this attention index in place of files (see: infiniretri index --help).", valueName: "path.iridx"))
    var index: String?

    func validate() throws {
        if questions == nil {
            guard let question = words.last else {
                throw ValidationError("Give the files and, last, the question.")
            }
            if question.allSatisfy(\.isWhitespace) { throw ValidationError("The question is empty.") }
        }
        let files = questions == nil ? words.dropLast() : words[...]
        if index != nil {
            guard files.isEmpty else {
                throw ValidationError("Give either files or --index; quote the question if it has several words.")
            }
            return
        }
        if files.isEmpty && isatty(STDIN_FILENO) == 1 {
            throw ValidationError(
                "Give at least one file or folder before the question, or pipe a text into standard input.")
        }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input (-) can be read only once.") }
    }

    /// The questions in their order.
    func loadQuestions() throws -> [String] {
        guard let questions else { return Array(words.suffix(1)) }
        let text: String
        do {
            text = try String(contentsOfFile: questions, encoding: .utf8)
        } catch {
            throw CommandError("cannot read the questions in '\(questions)': \(FailureMessage.text(of: error))")
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard !lines.isEmpty else { throw CommandError("'\(questions)' holds no question: write one on each line") }
        return lines
    }

    /// The documents; standard input where no file is named.
    func loadDocuments() throws -> [Document] {
        let files = questions == nil ? words.dropLast() : words[...]
        if files.isEmpty { return [.standardInput] }
        return try files.flatMap { try $0 == "-" ? [.standardInput] : Document.documents(at: $0) }
    }
}
