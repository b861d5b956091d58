import Transformer

/// Something that can be told about every thing of a kind, and asked in other words.
///
/// In its sentences `{name}` stands for the thing, `{value}` for the answer, and `{They}`, `{they}`, `{them}`, `{Their}`,
/// `{their}` for a person's pronouns.
package struct SyntheticFact: Sendable {
    /// What kind of answer the fact has.
    enum Value: Sendable {
        case person
        case place
        case year
        /// A whole number, with a unit behind it.
        case number(ClosedRange<Int>, unit: String = "")
        /// Something out of a list.
        case choice([String])
    }

    var value: Value
    /// Ways to tell it, each a whole sentence.
    package var statements: [String]
    /// A sentence that tells it in the questions' words. Told of one thing, it distracts whoever looks for the words of a question
    /// about another.
    package var plainStatement: String
    /// Ways to ask for it. They share no word with any of ``statements`` but the thing's name and words of grammar.
    package var questions: [String]

    init(_ value: Value, told statements: [String], plainly plainStatement: String, asked questions: [String]) {
        self.value = value
        self.statements = statements
        self.plainStatement = plainStatement
        self.questions = questions
    }
}

extension SyntheticFact.Value {
    func draw(using generator: inout SplitMix64) -> String {
        switch self {
        case .person: return InventedNames.person(using: &generator)
        case .place: return InventedNames.place(using: &generator)
        case .year: return String(Int.random(in: 1_601...1_989, using: &generator))
        case .number(let range, let unit):
            let number = String(Int.random(in: range, using: &generator))
            let grouped = number.count > 3 ? number.dropLast(3) + "," + number.suffix(3) : number[...]
            return unit.isEmpty ? String(grouped) : "\(grouped) \(unit)"
        case .choice(let list): return list.randomElement(using: &generator) ?? ""
        }
    }
}
