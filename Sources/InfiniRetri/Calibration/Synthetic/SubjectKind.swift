import Documents
import Transformer

/// A kind of thing that questions tell of: rivers, ships, companies ...
package struct SubjectKind: Sendable {
    /// How a thing of the kind is named.
    var naming: @Sendable (inout SplitMix64) -> String
    /// Which word of a name people use alone; nil where they say it all.
    var shortName: ShortName? = nil
    /// First sentences of a paragraph: what the thing is.
    package var openings: [SubjectOpening]
    /// First sentences of a second paragraph about the same thing.
    var continuations: [String]
    /// Sentences that answer nothing.
    var asides: [String]
    /// Sentences that drop a thing's name in a text about something else.
    package var mentions: [String]
    package var facts: [SyntheticFact]
    /// What a thing may be called instead of its name, after one of its facts, by index.
    var description: (fact: Int, text: String)

    enum ShortName: Sendable {
        case first, last
    }

    /// All kinds. A variety of subjects and sentences matters more than the length of any list: heads that are good at one
    /// kind of question only must not win.
    package static let all: [SubjectKind] = [
        person, town, river, building, ship, company, band, club, novel, species, device, battle,
    ]
}

/// What a thing is, in a sentence with its name, and in other words.
package struct SubjectOpening: Sendable {
    /// The sentence; `{name}` stands for the thing.
    package var text: String
    /// What a question may call the thing instead of its name. It shares no word with ``text`` but words of grammar.
    package var paraphrase: String

    init(_ text: String, called paraphrase: String) {
        self.text = text
        self.paraphrase = paraphrase
    }
}
