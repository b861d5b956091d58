extension SubjectKind {
    static let person = SubjectKind(
        naming: InventedNames.person,
        shortName: .last,
        openings: [
            SubjectOpening(
                "{name} was a cartographer of the old school, exact to the point of stubbornness.",
                called: "the map maker"),
            SubjectOpening(
                "{name} worked as a veterinary surgeon and wrote verse in the hours between calls.",
                called: "the poet who cured sick animals"),
            SubjectOpening("Few botanists of the period were as restless as {name}.", called: "the plant researcher"),
            SubjectOpening(
                "{name} is remembered chiefly as a maker of clocks for railway stations.",
                called: "the builder of timepieces for trains"),
        ],
        continuations: [
            "Letters that came to light a few years ago changed the picture of {name}.",
            "A biography of {name} in two volumes gives further details.",
        ],
        asides: [
            "Contemporaries speak of dry humour and of a weakness for strong coffee.",
            "A portrait in oils hangs in the reading room of the county museum.",
            "The diaries, kept for four decades, were never printed.",
        ],
        mentions: [
            "The name of {name} was scratched into a bench outside.",
            "Somebody claims to have seen {name} there once.",
        ],
        facts: [
            SyntheticFact(
                .place,
                told: [
                    "{They} came into the world in {value}, the youngest of five siblings.",
                    "The family home stood in {value}, and there {they} first saw the light of day.",
                ],
                plainly: "{name} was born in {value}.",
                asked: ["Where was {name} born?", "What is the birthplace of {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "Lessons with {value} shaped {their} whole manner of working.",
                    "It was {value} who trained {them}, through six long winters.",
                ],
                plainly: "The teacher of {name} was {value}.",
                asked: ["Who taught {name}?", "Who was the teacher of {name}?"]),
            SyntheticFact(
                .year,
                told: [
                    "{They} passed away in {value} after a short illness.",
                    "The funeral, in {value}, drew mourners from three provinces.",
                ],
                plainly: "The year of the death of {name} is {value}.",
                asked: ["When did {name} die?", "What was the year of the death of {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "In a quiet ceremony {they} married {value}, a friend from school.",
                    "{Their} wedding to {value} was kept secret from both families.",
                ],
                plainly: "The spouse of {name} was {value}.",
                asked: ["What was the name of the spouse of {name}?", "Who was the husband or wife of {name}?"]),
            SyntheticFact(
                .choice([
                    "harp", "bassoon", "cello", "mandolin", "trombone", "oboe", "accordion", "viola", "zither",
                    "harmonium",
                ]),
                told: [
                    "In the evenings {they} played the {value} for whoever would listen.",
                    "A {value} in a battered case went along on every journey, and {they} practised daily.",
                ],
                plainly: "The musical instrument of {name} was the {value}.",
                asked: ["Which musical instrument did {name} master?", "What instrument did {name} know how to use?"]),
            SyntheticFact(
                .place,
                told: ["{Their} grave lies in {value}, beneath two yews.", "A plain stone in {value} marks the tomb."],
                plainly: "{name} is buried in {value}.",
                asked: ["Where is {name} buried?", "Where was {name} laid to rest?"]),
        ],
        description: (1, "the pupil of {value}"))

    static let species = SubjectKind(
        naming: { generator in
            let colours = ["grey", "rust", "pied", "black", "white", "buff", "olive", "spotted", "dusky", "crested"]
            let parts = ["throated", "winged", "tailed", "backed", "headed", "footed", "cheeked"]
            let animals = [
                "sollet", "marrin", "plover", "tern", "wender", "quill", "burrel", "finch", "gannel", "rook",
            ]
            return InventedNames.pick(colours, &generator) + "-" + InventedNames.pick(parts, &generator) + " "
                + InventedNames.pick(animals, &generator)
        },
        openings: [
            SubjectOpening(
                "The {name} is a shy bird that few people have ever seen.", called: "timid, rarely sighted animal"),
            SubjectOpening(
                "Among the birds of the region the {name} is the least understood.",
                called: "feathered creature about which little is known"),
            SubjectOpening(
                "The {name} has puzzled observers for generations.", called: "animal that remained a riddle to watchers"
            ),
        ],
        continuations: [
            "A survey carried out by volunteers added much to what is known of the {name}.",
            "Keepers in zoological gardens have had the {name} in their care for some time.",
        ],
        asides: [
            "Its call is a low double note, repeated at dawn.",
            "Numbers have been falling slowly, for reasons that are debated.",
            "Both parents take turns on the nest.",
        ],
        mentions: [
            "A stuffed {name} gathers dust in a corner nearby.",
            "A drawing of the {name} was used as a seal.",
        ],
        facts: [
            SyntheticFact(
                .place,
                told: [
                    "It breeds only on the cliffs of {value}.", "The last colonies hold out around {value}.",
                ],
                plainly: "The {name} lives in {value} and can be found nowhere else.",
                asked: ["Where does the {name} live?", "Where can the {name} be found?"]),
            SyntheticFact(
                .person,
                told: [
                    "The first scientific description is owed to {value}.",
                    "{value} recognised it as new to science while sorting a box of skins.",
                ],
                plainly: "The naturalist who discovered the {name} was {value}.",
                asked: ["Who discovered the {name}?", "Which naturalist identified the {name}?"]),
            SyntheticFact(
                .choice([
                    "water beetles", "sand eels", "juniper berries", "moth larvae", "mussels", "thistle seeds",
                    "earthworms", "small crabs", "dragonflies", "snails",
                ]),
                told: [
                    "Its diet consists almost wholly of {value}.", "Adults hunt for {value} at dusk.",
                ],
                plainly: "The {name} likes to eat {value}, and it can feed on little else.",
                asked: ["What does the {name} eat?", "What does the {name} feed on?"]),
            SyntheticFact(
                .number(110...960, unit: "grams"),
                told: [
                    "A grown female tips the scales at {value}.", "Captured males came to {value} on the balance.",
                ],
                plainly: "The {name} may weigh {value}.",
                asked: ["How much does the {name} weigh?", "How heavy is the {name}?"]),
            SyntheticFact(
                .number(12...67, unit: "days"),
                told: [
                    "The eggs are warmed for {value} until they break open.",
                    "Chicks appear after {value} in the shell.",
                ],
                plainly: "The {name} will incubate for a time of {value}.",
                asked: [
                    "How long does the {name} incubate?", "What is the incubation time of the {name}?",
                ]),
        ],
        description: (0, "bird of {value}"))
}
