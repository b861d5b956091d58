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

    @OptionGroup var documents: DocumentArguments

    func validate() throws {
        if questions == nil {
            guard let question = words.last else {
                throw ValidationError("Give the files and, last, the question.")
            }
            if question.allSatisfy(\.isWhitespace) { throw ValidationError("The question is empty.") }
            if FileManager.default.fileExists(atPath: question) {
                throw ValidationError("The last word, '\(question)', is a file: put the question behind the files.")
            }
        }
        let files = questions == nil ? words.dropLast() : words[...]
        if index != nil {
            guard files.isEmpty else {
                throw ValidationError("Give either files or --index; quote the question if it has several words.")
            }
            return
        }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input (-) can be read only once.") }
        if questions == nil { try checkQuotes(files) }
        if files.isEmpty && isatty(STDIN_FILENO) == 1 {
            throw ValidationError(
                "Give at least one file or folder before the question, or pipe a text into standard input.")
        }
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
    func loadDocuments() throws -> DocumentList {
        let files = questions == nil ? words.dropLast() : words[...]
        return try documents.documents(files.isEmpty ? ["-"] : Array(files))
    }

    /// Words that are no files, where the question was not quoted: nothing else is so likely.
    private func checkQuotes(_ files: ArraySlice<String>) throws {
        let missing = files.drop { $0 == "-" || FileManager.default.fileExists(atPath: $0) }
        guard let first = missing.first, missing.count > 1,
            missing.allSatisfy({ !FileManager.default.fileExists(atPath: $0) })
        else { return }
        let question = (missing + words.suffix(1)).joined(separator: " ")
        throw ValidationError("There is no file '\(first)'. Quote the question: \"\(question)\"")
    }
}
