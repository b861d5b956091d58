import Documents
import Transformer

/// Writes documents about invented things, with questions whose answers' places are known.
///
/// In every other document the competitors of the paragraph that answers are such by chance, as in the first round over a text. The
/// others have distractors: paragraphs drop the names of things that they are not about, tell facts in the words of questions about
/// other things, and many questions describe a thing in words of their own instead of naming it. Such competitors are those that
/// come through to later rounds, and heads that match words fall for them.
///
/// The same seed gives the same documents, on every machine.
package struct SyntheticDocumentGenerator: Sendable {
    /// Things told of in a document; most have two paragraphs.
    private let things: Int
    /// Questions asked of a document at most, each about another thing.
    private let questions: Int
    private var random: SplitMix64
    private var count = 0

    package init(seed: UInt64, things: Int = 26, questions: Int = 12) {
        self.things = things
        self.questions = questions
        random = SplitMix64(seed: seed)
    }

    /// The next document.
    package mutating func next() -> SyntheticDocument {
        defer { count += 1 }
        var names = UniqueWords()
        let kinds = SubjectKind.all.shuffled(using: &random)
        var named: [Thing] = []
        for index in 0..<things {
            let (round, place) = index.quotientAndRemainder(dividingBy: kinds.count)
            guard let name = names.draw(using: &random, kinds[place].naming) else { continue }
            // Things of one kind differ in what they are.
            let openings = kinds[place].openings
            named.append(Thing(name: name, kind: kinds[place], opening: openings[(place + round) % openings.count]))
        }
        var values = UniqueWords()
        var paragraphs: [SyntheticParagraph] = []
        for index in named.indices {
            paragraphs += self.paragraphs(about: index, of: named, withDistractors: count % 2 == 1, values: &values)
        }
        return document(of: paragraphs.shuffled(using: &random))
    }

    private struct Thing {
        var name: String
        var kind: SubjectKind
        var opening: SubjectOpening
    }

    /// Short pieces for other texts, each about a thing of its own: what the thing is, a fact, and the question for it.
    package mutating func plants(_ count: Int) -> [(text: String, question: SyntheticDocument.Question)] {
        var names = UniqueWords()
        var values = UniqueWords()
        let kinds = SubjectKind.all.shuffled(using: &random)
        return (0..<count).compactMap { index in
            let kind = kinds[index % kinds.count]
            guard let name = names.draw(using: &random, kind.naming),
                let fact = kind.facts.indices.randomElement(using: &random)
            else { return nil }
            var paragraph = SyntheticParagraph(about: name, of: kind, thing: index)
            if let opening = kind.openings.randomElement(using: &random) {
                paragraph.append(opening, mayStandForName: index % 2 == 1)
            }
            paragraph.append(fact: fact, values: &values, using: &random)
            guard let question = paragraph.questions(using: &random).first else { return nil }
            return (paragraph.text, question)
        }
    }

    private mutating func paragraphs(
        about index: Int, of things: [Thing], withDistractors: Bool, values: inout UniqueWords
    ) -> [SyntheticParagraph] {
        let thing = things[index]
        let facts = thing.kind.facts.indices.shuffled(using: &random)
        let asides = thing.kind.asides.shuffled(using: &random)
        // With a second paragraph about the same thing the name alone does not give the answer away.
        let isPair = Int.random(in: 0..<3, using: &random) > 0
        let parts = isPair ? [facts[..<(facts.count / 2)], facts[(facts.count / 2)...]] : [facts[...]]
        let pronouns = SyntheticParagraph.Pronouns.allCases.randomElement(using: &random) ?? .she
        return parts.enumerated().map { part, facts in
            var paragraph = SyntheticParagraph(about: thing.name, of: thing.kind, thing: index, pronouns: pronouns)
            if part == 0 {
                paragraph.append(thing.opening, mayStandForName: withDistractors)
            } else {
                paragraph.append(InventedNames.pick(thing.kind.continuations, &random))
            }
            var asides = [asides[part]]
            if withDistractors, let other = things.randomElement(using: &random),
                other.kind.mentions != thing.kind.mentions
            {
                asides.append(InventedNames.pick(other.kind.mentions, &random).replacing("{name}", with: other.name))
            }
            // Nil stands for the next aside.
            var order = facts.map(Optional.some)
            for _ in asides { order.insert(nil, at: Int.random(in: 0...order.count, using: &random)) }
            for fact in order {
                if let fact {
                    let isPlain = withDistractors && Int.random(in: 0..<3, using: &random) == 0
                    paragraph.append(fact: fact, plainly: isPlain, values: &values, using: &random)
                } else {
                    paragraph.append(asides.removeFirst())
                }
            }
            return paragraph
        }
    }

    /// Joins paragraphs to a text, and asks for answers that stand in it once.
    private mutating func document(of paragraphs: [SyntheticParagraph]) -> SyntheticDocument {
        var text = ""
        var facts: [(thing: Int, question: SyntheticDocument.Question)] = []
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
        var asked: [SyntheticDocument.Question] = []
        var things: Set<Int> = []
        for fact in facts.shuffled(using: &random) where asked.count < questions && !things.contains(fact.thing) {
            guard text.ranges(of: fact.question.answer).count == 1 else { continue }
            things.insert(fact.thing)
            asked.append(fact.question)
        }
        return SyntheticDocument(text: text, questions: asked)
    }
}
