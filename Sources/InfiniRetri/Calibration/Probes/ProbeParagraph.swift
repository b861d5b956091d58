import Transformer

/// A paragraph about one thing, with a question for each fact in it.
package struct ProbeParagraph: Sendable {
    enum Pronouns: Sendable, CaseIterable {
        case she, he

        var words: [(placeholder: String, word: String)] {
            switch self {
            case .she:
                [("{they}", "she"), ("{They}", "She"), ("{them}", "her"), ("{their}", "her"), ("{Their}", "Her")]
            case .he: [("{they}", "he"), ("{They}", "He"), ("{them}", "him"), ("{their}", "his"), ("{Their}", "His")]
            }
        }
    }

    /// Which of the document's things it is about.
    let thing: Int
    package private(set) var text = ""
    /// Byte ranges count from the paragraph's start.
    package private(set) var questions: [ProbeDocument.Question] = []
    private let name: String
    private let pronouns: Pronouns

    init(about name: String, thing: Int, pronouns: Pronouns? = nil, using random: inout SeededRandom) {
        self.name = name
        self.thing = thing
        self.pronouns = pronouns ?? Pronouns.allCases.randomElement(using: &random) ?? .she
    }

    /// Adds a sentence that answers nothing.
    mutating func append(_ sentence: String) {
        if !text.isEmpty { text += " " }
        text += filled(sentence, value: "")
    }

    /// Adds a fact with an answer of its own, unless its kind of answers is used up.
    mutating func append(_ fact: ProbeFact, values: inout UniqueWords, using random: inout SeededRandom) {
        guard let value = values.draw(using: &random, { fact.value.draw(using: &$0) }) else { return }
        if !text.isEmpty { text += " " }
        let start = text.utf8.count
        text += filled(ProbeNames.pick(fact.statements, &random), value: value)
        questions.append(
            ProbeDocument.Question(
                text: filled(ProbeNames.pick(fact.questions, &random), value: ""), answer: value,
                byteRange: start..<text.utf8.count))
    }

    private func filled(_ template: String, value: String) -> String {
        var filled = template.replacing("{name}", with: name).replacing("{value}", with: value)
        for (placeholder, word) in pronouns.words { filled = filled.replacing(placeholder, with: word) }
        return filled
    }
}
