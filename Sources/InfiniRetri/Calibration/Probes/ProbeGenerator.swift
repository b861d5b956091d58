import Transformer

/// Writes documents about invented things, with questions whose answers' places are known.
///
/// The same seed gives the same documents, on every machine.
package struct ProbeGenerator: Sendable {
    /// Things told of in a document; most have two paragraphs.
    private let things: Int
    /// Questions asked of a document at most, each about another thing.
    private let questions: Int
    private var random: SeededRandom

    package init(seed: UInt64, things: Int = 26, questions: Int = 12) {
        self.things = things
        self.questions = questions
        random = SeededRandom(seed: seed)
    }

    /// The next document.
    package mutating func next() -> ProbeDocument {
        var names = UniqueWords()
        var values = UniqueWords()
        var paragraphs: [ProbeParagraph] = []
        let kinds = ProbeKind.all.shuffled(using: &random)
        for index in 0..<things {
            let kind = kinds[index % kinds.count]
            guard let name = names.draw(using: &random, kind.naming) else { continue }
            paragraphs += self.paragraphs(about: name, of: kind, thing: index, values: &values)
        }
        return document(of: paragraphs.shuffled(using: &random))
    }

    /// Short pieces for other texts, each about a thing of its own: what the thing is, a fact, and the question for it.
    package mutating func plants(_ count: Int) -> [(text: String, question: ProbeDocument.Question)] {
        var names = UniqueWords()
        var values = UniqueWords()
        let kinds = ProbeKind.all.shuffled(using: &random)
        return (0..<count).compactMap { index in
            let kind = kinds[index % kinds.count]
            guard let name = names.draw(using: &random, kind.naming),
                let fact = kind.facts.indices.randomElement(using: &random)
            else { return nil }
            var paragraph = ProbeParagraph(about: name, of: kind, thing: index)
            paragraph.append(ProbeNames.pick(kind.openings, &random))
            paragraph.append(fact: fact, values: &values, using: &random)
            guard let question = paragraph.questions(using: &random).first else { return nil }
            return (paragraph.text, question)
        }
    }

    private mutating func paragraphs(
        about name: String, of kind: ProbeKind, thing: Int, values: inout UniqueWords
    ) -> [ProbeParagraph] {
        let facts = kind.facts.indices.shuffled(using: &random)
        let asides = kind.asides.shuffled(using: &random)
        // With a second paragraph about the same thing the name alone does not give the answer away.
        let isPair = Int.random(in: 0..<3, using: &random) > 0
        let first = isPair ? facts.count / 2 : 4
        let parts = isPair ? [facts[..<first], facts[first...]] : [facts.prefix(first)]
        let pronouns = ProbeParagraph.Pronouns.allCases.randomElement(using: &random) ?? .she
        return parts.enumerated().map { part, facts in
            var paragraph = ProbeParagraph(about: name, of: kind, thing: thing, pronouns: pronouns)
            paragraph.append(ProbeNames.pick(part == 0 ? kind.openings : kind.continuations, &random))
            let place = Int.random(in: 0...facts.count, using: &random)
            for (index, fact) in facts.enumerated() {
                if index == place { paragraph.append(asides[part]) }
                paragraph.append(fact: fact, values: &values, using: &random)
            }
            if place == facts.count { paragraph.append(asides[part]) }
            return paragraph
        }
    }

    /// Joins paragraphs to a text, and asks for answers that stand in it once.
    private mutating func document(of paragraphs: [ProbeParagraph]) -> ProbeDocument {
        var text = ""
        var facts: [(thing: Int, question: ProbeDocument.Question)] = []
        for paragraph in paragraphs {
            if !text.isEmpty { text += "\n\n" }
            let start = text.utf8.count
            text += paragraph.text
            facts += paragraph.questions(using: &random).map { question in
                var moved = question
                moved.byteRange = start + question.byteRange.lowerBound..<start + question.byteRange.upperBound
                return (paragraph.thing, moved)
            }
        }
        var asked: [ProbeDocument.Question] = []
        var things: Set<Int> = []
        for fact in facts.shuffled(using: &random) where asked.count < questions && !things.contains(fact.thing) {
            guard text.ranges(of: fact.question.answer).count == 1 else { continue }
            things.insert(fact.thing)
            asked.append(fact.question)
        }
        return ProbeDocument(text: text, questions: asked)
    }
}

/// Words drawn until they are new: none contains another.
struct UniqueWords {
    private var drawn: [String] = []

    /// Nil where a list has nothing new to give.
    mutating func draw(
        using random: inout SeededRandom, _ draw: (inout SeededRandom) -> String
    ) -> String? {
        for _ in 0..<30 {
            let word = draw(&random)
            guard !word.isEmpty, !drawn.contains(where: { $0.contains(word) || word.contains($0) }) else { continue }
            drawn.append(word)
            return word
        }
        return nil
    }
}
