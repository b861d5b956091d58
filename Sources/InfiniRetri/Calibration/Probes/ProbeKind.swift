import Transformer

/// A kind of thing that probes tell of: rivers, ships, companies ...
struct ProbeKind: Sendable {
    /// How a thing of the kind is named.
    var naming: @Sendable (inout SeededRandom) -> String
    /// Which word of a name people use alone; nil where they say it all.
    var shortName: ShortName? = nil
    /// First sentences of a paragraph: what the thing is.
    var openings: [String]
    /// First sentences of a second paragraph about the same thing.
    var continuations: [String]
    /// Sentences that answer nothing.
    var asides: [String]
    var facts: [ProbeFact]
    /// What a thing may be called instead of its name, after one of its facts, by index.
    var description: (fact: Int, text: String)

    enum ShortName: Sendable {
        case first, last
    }

    /// All kinds. A variety of subjects and sentences matters more than the length of any list: heads that are good at one
    /// kind of question only must not win.
    static let all: [ProbeKind] = [
        person, town, river, building, ship, company, band, club, novel, species, device, battle,
    ]
}
