extension ProbeKind {
    static let person = ProbeKind(
        naming: ProbeNames.person,
        shortName: .last,
        openings: [
            "{name} was a cartographer of the old school, exact to the point of stubbornness.",
            "{name} worked as a veterinary surgeon and wrote verse in the hours between calls.",
            "Few botanists of the period were as restless as {name}.",
            "{name} is remembered chiefly as a maker of clocks for railway stations.",
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
        facts: [
            ProbeFact(
                .place,
                told: [
                    "{They} came into the world in {value}, the youngest of five siblings.",
                    "The family home stood in {value}, and there {they} first saw the light of day.",
                ],
                asked: ["Where was {name} born?", "What is the birthplace of {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "Lessons with {value} shaped {their} whole manner of working.",
                    "It was {value} who trained {them}, through six long winters.",
                ],
                asked: ["Who taught {name}?", "Who was the teacher of {name}?"]),
            ProbeFact(
                .year,
                told: [
                    "{They} passed away in {value} after a short illness.",
                    "The funeral, in {value}, drew mourners from three provinces.",
                ],
                asked: ["When did {name} die?", "What was the year of {name}'s death?"]),
            ProbeFact(
                .person,
                told: [
                    "In a quiet ceremony {they} married {value}, a friend from school.",
                    "{Their} wedding to {value} was kept secret from both families.",
                ],
                asked: ["What was the name of the spouse of {name}?", "Who was the husband or wife of {name}?"]),
            ProbeFact(
                .choice([
                    "harp", "bassoon", "cello", "mandolin", "trombone", "oboe", "accordion", "viola", "zither",
                    "harmonium",
                ]),
                told: [
                    "In the evenings {they} played the {value} for whoever would listen.",
                    "A {value} in a battered case went along on every journey, and {they} practised daily.",
                ],
                asked: ["Which musical instrument did {name} master?", "What instrument did {name} know how to use?"]),
            ProbeFact(
                .place,
                told: ["{Their} grave lies in {value}, beneath two yews.", "A plain stone in {value} marks the tomb."],
                asked: ["Where is {name} buried?", "Where was {name} laid to rest?"]),
        ],
        description: (1, "the pupil of {value}"))

    static let species = ProbeKind(
        naming: { generator in
            let colours = ["grey", "rust", "pied", "black", "white", "buff", "olive", "spotted", "dusky", "crested"]
            let parts = ["throated", "winged", "tailed", "backed", "headed", "footed", "cheeked"]
            let animals = [
                "sollet", "marrin", "plover", "tern", "wender", "quill", "burrel", "finch", "gannel", "rook",
            ]
            return ProbeNames.pick(colours, &generator) + "-" + ProbeNames.pick(parts, &generator) + " "
                + ProbeNames.pick(animals, &generator)
        },
        openings: [
            "The {name} is a shy bird that few people have ever seen.",
            "Among the birds of the region the {name} is the least understood.",
            "The {name} has puzzled observers for generations.",
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
        facts: [
            ProbeFact(
                .place,
                told: [
                    "It breeds only on the cliffs of {value}.", "The last colonies hold out around {value}.",
                ],
                asked: ["Where does the {name} live?", "Where can the {name} be found?"]),
            ProbeFact(
                .person,
                told: [
                    "The first scientific description is owed to {value}.",
                    "{value} recognised it as new to science while sorting a box of skins.",
                ],
                asked: ["Who discovered the {name}?", "Which naturalist identified the {name}?"]),
            ProbeFact(
                .choice([
                    "water beetles", "sand eels", "juniper berries", "moth larvae", "mussels", "thistle seeds",
                    "earthworms", "small crabs", "dragonflies", "snails",
                ]),
                told: [
                    "Its diet consists almost wholly of {value}.", "Adults hunt for {value} at dusk.",
                ],
                asked: ["What does the {name} eat?", "What does the {name} feed on?"]),
            ProbeFact(
                .number(110...960, unit: "grams"),
                told: [
                    "A grown female tips the scales at {value}.", "Captured males came to {value} on the balance.",
                ],
                asked: ["How much does the {name} weigh?", "How heavy is the {name}?"]),
            ProbeFact(
                .number(12...67, unit: "days"),
                told: [
                    "The eggs are warmed for {value} until they break open.",
                    "Chicks appear after {value} in the shell.",
                ],
                asked: [
                    "How long does the {name} incubate?", "What is the incubation time of the {name}?",
                ]),
        ],
        description: (0, "bird of {value}"))
}
