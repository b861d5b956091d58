import InfiniRetri

/// Prints answers and evidence for people: the answer as it comes, then what it rests on.
struct AnswerPrinter {
    var questions: [String]
    var isAnswering: Bool
    private var begun: Set<Int> = []

    /// Below this probability that the text answers a question, that is said.
    private let leastProbability: Double

    init(questions: [String], isAnswering: Bool, leastProbability: Double) {
        self.questions = questions
        self.isAnswering = isAnswering
        self.leastProbability = leastProbability
    }

    mutating func print(_ event: RetrievalEvent) throws {
        switch event {
        case .progress, .omissions: break
        case .aboutWhole(let question):
            try begin(question)
            try StandardOutput.write(
                "This seems to ask about the text as a whole, which no passage answers. What comes nearest:\n\n")
        case .evidence(_, let answerable, let question):
            guard let answerable, answerable < leastProbability else { return }
            try begin(question)
            try StandardOutput.write(
                "The text does not seem to answer this (probability \(Quantity.fixed(answerable, digits: 2))).\n\n")
        case .text(let piece, let question):
            try begin(question)
            try StandardOutput.write(piece)
        case .answer(let answer, let question):
            try begin(question)
            if answer.text != nil { try StandardOutput.write(Self.sources(of: answer.statements) + "\n\n") }
            try print(answer.evidence)
            if question < questions.count - 1 { try StandardOutput.write("\n") }
        }
    }

    /// With several questions, each answer stands under its question.
    private mutating func begin(_ question: Int) throws {
        guard begun.insert(question).inserted, questions.count > 1 else { return }
        try StandardOutput.write("# \(questions[question])\n")
    }

    /// What stands behind an answer: where it comes from, sentence by sentence where there are several.
    private static func sources(of statements: [Statement]) -> String {
        func marks(_ statement: Statement) -> String {
            let numbers = statement.evidence.map { "[\($0 + 1)]" }.joined()
            if statement.isSupported { return numbers }
            return numbers.isEmpty ? "[not in the evidence]" : numbers + "[in part]"
        }
        if statements.count == 1 { return " " + marks(statements[0]) }
        return statements.isEmpty
            ? "" : "\n\n" + statements.map { "\(marks($0)) \($0.text)" }.joined(separator: "\n")
    }

    private func print(_ evidence: [Evidence]) throws {
        if evidence.isEmpty {
            try StandardOutput.write("No evidence.\n")
            return
        }
        var text = isAnswering ? "Evidence:\n" : ""
        for (index, piece) in evidence.enumerated() {
            if index > 0 { text += "\n" }
            if isAnswering { text += "[\(index + 1)] " }
            text += TerminalText.name(piece.place)
            if let bytes = piece.byteRange { text += "  bytes \(bytes.lowerBound)-\(bytes.upperBound)" }
            text += "  score \(Quantity.fixed(Double(piece.score), digits: 4))\n"
            // What is there as evidence itself, or stood above the last piece already, is not shown once more.
            let context = piece.context.filter { sentence in
                !evidence.contains { $0.document == piece.document && $0.textRange.overlaps(sentence.textRange) }
            }
            if !context.isEmpty, index == 0 || evidence[index - 1].context != piece.context {
                let context = context.map { $0.text.split(whereSeparator: \.isNewline).joined(separator: " ") }
                text += "  (\(context.joined(separator: " > ")))\n"
            }
            for line in piece.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                text += line.isEmpty ? "\n" : "  \(line)\n"
            }
        }
        try StandardOutput.write(text)
    }
}
