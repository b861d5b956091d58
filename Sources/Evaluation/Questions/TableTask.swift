import Foundation

/// Questions about one text each of which a known row of it answers: tables, lists, logs.
public struct TableTask: EvaluationTask {
    private let path: String
    private let questionsPath: String
    private let rowsPath: String
    private let text: String
    private let questions: [EvaluationQuestion]

    /// Reads and checks the files.
    /// - Parameters:
    ///   - path: The text; how it is laid out is told by its content.
    ///   - questions: A file with a question a line.
    ///   - rows: A file whose lines answer the questions' lines; each must stand in the text.
    ///   - limit: Only so many questions, the first.
    /// - Throws: `EvaluationError`, naming file and line.
    public init(path: String, questions questionsPath: String, rows rowsPath: String, limit: Int? = nil)
        throws(EvaluationError)
    {
        self.path = path
        self.questionsPath = questionsPath
        self.rowsPath = rowsPath
        text = try Self.text(of: path)
        let questions = try Self.lines(of: questionsPath)
        let rows = try Self.lines(of: rowsPath)
        guard questions.count == rows.count else {
            throw .malformedLine(
                file: rowsPath, line: min(questions.count, rows.count) + 1,
                reason: "there are \(rows.count) rows for the \(questions.count) questions of '\(questionsPath)'")
        }
        for (index, row) in rows.enumerated() where EvidenceMetrics.byteRange(of: row, in: text) == nil {
            throw .malformedLine(file: rowsPath, line: index + 1, reason: "this row does not stand in '\(path)'")
        }
        self.questions = zip(questions, rows).prefix(limit ?? .max).enumerated().map { index, pair in
            EvaluationQuestion(id: "line-\(index + 1)", group: "table", text: pair.0, expected: [pair.1])
        }
    }

    /// `table`
    public var name: String { "table" }
    /// What it is.
    public var title: String { "Questions that a row answers" }
    /// The three files.
    public var settings: [String: String] { ["data": path, "questions": questionsPath, "rows": rowsPath] }

    /// One case: all questions in one pass.
    public func cases() -> [EvaluationCase] {
        [
            EvaluationCase(questions: questions) { open, system in
                let asked = open.map { question in
                    AskedQuestion(
                        question.text,
                        gold: question.expected.compactMap { EvidenceMetrics.byteRange(of: $0, in: text) })
                }
                let outputs = try await system.outputs(for: asked, in: text)
                return zip(open, outputs).map { question, output in
                    let recall = EvidenceMetrics.answerRecall(
                        evidence: output.evidence.map(\.text), answers: question.expected)
                    return JudgedOutput(output: output, metrics: ["answerRecall": recall])
                }
            }
        ]
    }

    private static func text(of path: String) throws(EvaluationError) -> String {
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        } catch {
            throw .unreadable(file: path, reason: error.localizedDescription)
        }
    }

    /// The lines of a file, none of them blank.
    private static func lines(of path: String) throws(EvaluationError) -> [String] {
        var lines = try text(of: path).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        if lines.isEmpty { throw .empty(path: path) }
        if let blank = lines.firstIndex(where: { $0.allSatisfy(\.isWhitespace) }) {
            throw .malformedLine(file: path, line: blank + 1, reason: "the line is blank")
        }
        return lines.map(String.init)
    }
}
