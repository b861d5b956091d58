import Documents
import Transformer

/// A paragraph about one thing, with a question for each fact in it.
package struct SyntheticParagraph: Sendable {
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
    private let name: String
    private let kind: SubjectKind
    private let pronouns: Pronouns
    private var told: [Told] = []
    /// What the thing may be called after what the paragraph says it is.
    private var paraphrase: String?

    /// A fact that the paragraph tells. Its place counts from the paragraph's start.
    private struct Told {
        var fact: Int
        var value: String
        var byteRange: Range<Int>
    }

    init(about name: String, of kind: SubjectKind, thing: Int, pronouns: Pronouns = .she) {
        self.name = name
        self.kind = kind
        self.thing = thing
        self.pronouns = pronouns
    }

    /// Adds a sentence that answers nothing.
    mutating func append(_ sentence: String) {
        if !text.isEmpty { text += " " }
        text += filled(sentence, value: "")
    }

    /// Adds what the thing is.
    mutating func append(_ opening: SubjectOpening, mayStandForName: Bool) {
        append(opening.text)
        if mayStandForName { paraphrase = opening.paraphrase }
    }

    /// Adds one of its kind's facts with an answer of its own, unless such answers are used up. What is told plainly, in the
    /// words of questions, is not asked for.
    mutating func append(
        fact: Int, plainly isPlain: Bool = false, values: inout UniqueWords, using random: inout SplitMix64
    ) {
        let kindOfFact = kind.facts[fact]
        guard let value = values.draw(using: &random, { kindOfFact.value.draw(using: &$0) }) else { return }
        if !text.isEmpty { text += " " }
        let start = text.utf8.count
        if isPlain {
            text += filled(kindOfFact.plainStatement, value: value)
        } else {
            text += filled(InventedNames.pick(kindOfFact.statements, &random), value: value)
            told.append(Told(fact: fact, value: value, byteRange: start..<text.utf8.count))
        }
    }

    /// A question for each fact told, in the ways in which people ask: by the thing's name or a part of it, by what it is
    /// or what else is told of it, in sentences or as they type into a search field.
    func questions(using random: inout SplitMix64) -> [SyntheticDocument.Question] {
        told.map { answer in
            let template = InventedNames.pick(kind.facts[answer.fact].questions, &random)
            var text = template.replacing("{name}", with: subject(besides: answer.fact, using: &random))
            if Int.random(in: 0..<3, using: &random) == 0 { text = text.lowercased().replacing("?", with: "") }
            return SyntheticDocument.Question(text: text, answer: answer.value, byteRange: answer.byteRange)
        }
    }

    /// What a question calls the thing.
    private func subject(besides fact: Int, using random: inout SplitMix64) -> String {
        if let paraphrase, Bool.random(using: &random) { return paraphrase }
        let way = Int.random(in: 0..<4, using: &random)
        if way == 0, kind.description.fact != fact, let other = told.first(where: { $0.fact == kind.description.fact })
        {
            return kind.description.text.replacing("{value}", with: other.value)
        }
        let words = name.split(separator: " ").map(String.init)
        switch kind.shortName {
        case .first where way == 1: return words.first ?? name
        case .last where way == 1: return words.last ?? name
        default: return name
        }
    }

    private func filled(_ template: String, value: String) -> String {
        var filled = template.replacing("{name}", with: name).replacing("{value}", with: value)
        for (placeholder, word) in pronouns.words { filled = filled.replacing(placeholder, with: word) }
        return filled
    }
}
