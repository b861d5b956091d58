import Foundation
import InfiniRetri

/// What is hidden in a haystack and what is asked about it: one needle, or several, and questions that need several.
public struct NeedleSet: Sendable {
    /// A question about one needle or more.
    public struct Question: Sendable {
        /// The question.
        public var text: String
        /// All of these make the whole answer; each stands in a needle.
        public var answers: [String]

        /// A question whose whole answer is all of `answers`.
        public init(_ text: String, answers: [String]) {
            self.text = text
            self.answers = answers
        }
    }

    /// The sentences that are hidden.
    public var sentences: [String]
    /// What is asked.
    public var questions: [Question]

    /// A set from its parts.
    /// - Throws: `EvaluationError.invalidOption` where a question cannot be answered from the sentences.
    public init(sentences: [String], questions: [Question]) throws(EvaluationError) {
        guard !sentences.isEmpty, !questions.isEmpty else {
            throw .invalidOption("needles want at least one sentence and one question")
        }
        for question in questions {
            guard !question.text.allSatisfy(\.isWhitespace), !question.answers.isEmpty else {
                throw .invalidOption("a needle's question and its answer must not be empty")
            }
            for answer in question.answers where !sentences.contains(where: { !answer.isEmpty && $0.contains(answer) })
            {
                throw .invalidOption("the expected answer must be a part of a needle, but \"\(answer)\" is not")
            }
        }
        self.sentences = sentences
        self.questions = questions
    }

    /// The needle of the paper.
    public static let paper = NeedleSet(
        uncheckedSentences: [
            "The best thing to do in San Francisco is eat a sandwich and sit in Dolores Park on a sunny day."
        ],
        questions: [
            Question(
                "The best thing to do in San Francisco is: ", answers: ["eat a sandwich and sit in Dolores Park"])
        ])

    private init(uncheckedSentences sentences: [String], questions: [Question]) {
        self.sentences = sentences
        self.questions = questions
    }

    /// Reads a JSON Lines file: `{"sentence", "question", "answer"}` is a needle with its question; without `"question"` it
    /// is only hidden; `{"question", "answers": [...]}` asks for several needles at once.
    /// - Throws: `EvaluationError`, naming the line.
    public init(path: String) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw EvaluationError.unreadable(file: path, reason: error.localizedDescription)
        }
        var sentences: [String] = []
        var questions: [Question] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            let entry: Line
            do {
                entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            } catch {
                throw EvaluationError.malformedLine(
                    file: path, line: index + 1, reason: DecodingFailure.reason(error))
            }
            if let sentence = entry.sentence { sentences.append(sentence) }
            let answers = (entry.answer.map { [$0] } ?? []) + (entry.answers ?? [])
            if let question = entry.question {
                questions.append(Question(question, answers: answers))
            } else if entry.sentence == nil {
                throw EvaluationError.malformedLine(
                    file: path, line: index + 1, reason: "give a \"sentence\" to hide, a \"question\" to ask, or both")
            }
        }
        guard !sentences.isEmpty else { throw EvaluationError.empty(path: path) }
        try self.init(sentences: sentences, questions: questions)
    }

    private struct Line: Decodable {
        var sentence: String?
        var question: String?
        var answer: String?
        var answers: [String]?
    }

    /// The sentences with their depths, the first at `depth` and the others at even steps from there towards the end.
    func hidden(from depth: Double) -> [Haystack.Hidden] {
        sentences.enumerated().map { index, sentence in
            Haystack.Hidden(sentence, depth: depth + (1 - depth) * Double(index) / Double(sentences.count))
        }
    }
}
