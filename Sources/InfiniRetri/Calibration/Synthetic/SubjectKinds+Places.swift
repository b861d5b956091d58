import Documents

extension SubjectKind {
    static let town = SubjectKind(
        naming: InventedNames.place,
        openings: [
            SubjectOpening(
                "{name} is a market town at the edge of the moor.", called: "the small city beside the heath"),
            SubjectOpening(
                "Travellers on the coast road usually pass through {name} without stopping.",
                called: "the seaside place that tourists overlook"),
            SubjectOpening(
                "{name} lies in a fold of the hills, two hours from the nearest city.",
                called: "the remote village in a valley"),
        ],
        continuations: [
            "The chronicle of {name} fills eleven volumes.",
            "A guide for visitors to {name} mentions some curiosities.",
        ],
        asides: [
            "The old gate still carries the marks of cannon balls.",
            "Its bakery sells out before eight in the morning.",
            "Storks return to the same chimney every spring.",
        ],
        mentions: [
            "A signpost to {name} has mostAttendedSentence the wrong way ever since.",
            "An aunt in {name} is said to know better.",
        ],
        facts: [
            SyntheticFact(
                .person,
                told: [
                    "{value} laid out its streets after the great fire.",
                    "The settlement goes back to {value}, to whom the crown had granted the land.",
                ],
                plainly: "The founder of {name} was {value}.",
                asked: ["Who founded {name}?", "Who was the founder of {name}?"]),
            SyntheticFact(
                .number(1_102...9_870),
                told: ["At the last census {value} people were counted.", "Today {value} souls call it their home."],
                plainly: "The population of {name} is {value}.",
                asked: ["What is the population of {name}?", "How many inhabitants does {name} have?"]),
            SyntheticFact(
                .choice([
                    "lace", "pewter spoons", "church bells", "barrel staves", "felt hats", "glass beads", "sail cloth",
                    "clay pipes", "saddles", "playing cards",
                ]),
                told: [
                    "Its workshops once supplied half the kingdom with {value}.",
                    "Merchants came from far away to buy {value} here.",
                ],
                plainly: "{name} was famous for making {value}.",
                asked: ["What was {name} famous for making?", "Which product was manufactured in {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "Since the spring election the council has been led by {value}.",
                    "{value} has presided over the town hall for two terms.",
                ],
                plainly: "The mayor of {name} is {value}.",
                asked: ["Who is the mayor of {name}?", "What is the name of the mayor of {name}?"]),
            SyntheticFact(
                .year,
                told: ["Trains have stopped here since {value}.", "The station opened in {value} with one platform."],
                plainly: "{name} got its railway in the year {value}.",
                asked: ["When did {name} get its railway?", "In which year was {name} connected to the railway?"]),
            SyntheticFact(
                .choice([
                    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                    "November", "December",
                ]),
                told: [
                    "Every {value} the square fills with lanterns and brass bands.",
                    "Visitors crowd the quay each {value} for the blessing of the boats.",
                ],
                plainly: "{name} holds its annual festival in {value}.",
                asked: ["In which month does {name} hold its festival?", "When is the annual festival of {name}?"]),
        ],
        description: (0, "the settlement of {value}"))

    static let river = SubjectKind(
        naming: { generator in
            let starts = ["Or", "Tev", "Ald", "Sar", "Ney", "Wis", "Dor", "Lem", "Ker", "Ov", "Ruh", "Est", "Mell"]
            let ends = ["rel", "ar", "ine", "a", "ow", "enna", "ick", "une", "est", "ava", "is"]
            return InventedNames.pick(starts, &generator) + InventedNames.pick(ends, &generator)
        },
        openings: [
            SubjectOpening("The {name} is a river of the northern uplands.", called: "stream in the highlands"),
            SubjectOpening(
                "Boatmen call the {name} the most patient river in the country.",
                called: "waterway that sailors find so slow"),
            SubjectOpening(
                "For centuries the river {name} has been a border between two bishoprics.",
                called: "water that separates the lands of the church"),
        ],
        continuations: [
            "A gazetteer devotes four pages to the {name}.",
            "Engineers began to study the {name} more closely when a dam was proposed.",
        ],
        asides: [
            "In dry summers it can be waded in several spots.",
            "Kingfishers nest in the clay of its steeper shores.",
            "Ferries gave up when the motorway was finished.",
        ],
        mentions: [
            "On clear days one could see as far as the {name}.",
            "A painting of the {name} was thrown in for free.",
        ],
        facts: [
            SyntheticFact(
                .place,
                told: [
                    "It rises on the slopes above {value} and soon gathers speed.",
                    "The first trickle leaves the ground close to {value}.",
                ],
                plainly: "The source of the {name} is in {value}, where it begins.",
                asked: ["Where is the source of the {name}?", "Where does the {name} begin?"]),
            SyntheticFact(
                .place,
                told: [
                    "After many bends it empties into the sea at {value}.",
                    "Its waters reach salt water beside {value}, in a broad delta.",
                ],
                plainly: "The mouth of the {name} is at {value}, where it ends.",
                asked: ["Where is the mouth of the {name}?", "Where does the {name} end?"]),
            SyntheticFact(
                .number(103...987, unit: "kilometres"),
                told: ["From spring to sea it measures {value}.", "Surveyors followed its course for {value}."],
                plainly: "The {name} is {value} long.",
                asked: ["How long is the {name}?", "What is the length of the {name}?"]),
            SyntheticFact(
                .year,
                told: [
                    "In {value} it burst its banks and drowned the lower quarter.",
                    "High water carried off both mills in {value}.",
                ],
                plainly: "The worst flood of the {name} was in the year {value}.",
                asked: ["When did the {name} flood?", "What was the year of the worst flood of the {name}?"]),
            SyntheticFact(
                .choice(["grayling", "sturgeon", "pike", "barbel", "trout", "burbot", "zander", "lamprey", "perch"]),
                told: ["Anglers come mainly for the {value}.", "Its cold pools shelter the rare {value}."],
                plainly: "The {name} is known for a fish, the {value}.",
                asked: ["What fish is the {name} known for?", "Which fish lives in the {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "The oldest crossing was put up by {value}.",
                    "{value} spanned it with three arches of brick.",
                ],
                plainly: "The bridge over the {name} was built by {value}.",
                asked: ["Who built the bridge over the {name}?", "Whose bridge leads across the {name}?"]),
        ],
        description: (1, "stream that runs to {value}"))

    static let building = SubjectKind(
        naming: { generator in
            let types = [
                "Tower", "Hall", "Library", "Viaduct", "Theatre", "Observatory", "Arcade", "Lighthouse", "Hospital",
            ]
            return InventedNames.surname(using: &generator) + " " + InventedNames.pick(types, &generator)
        },
        openings: [
            SubjectOpening(
                "{name} is a listed monument and a favourite of photographers.",
                called: "the protected landmark in so many pictures"),
            SubjectOpening(
                "Opinions about {name} have always been divided.", called: "the house that people love or hate"),
            SubjectOpening(
                "Seen from the harbour, {name} seems to float above the roofs.",
                called: "the edifice that ships can spot at the docks"),
        ],
        continuations: [
            "Restorers who worked on {name} left a detailed report.",
            "The archive keeps a thick folder of papers about {name}.",
        ],
        asides: [
            "Guided tours are given on Sundays.", "Swifts live under the eaves.",
            "A fire damaged the east wing, but nobody was hurt.",
        ],
        mentions: [
            "The steps were copied from {name}.",
            "A postcard of {name} was found between the papers.",
        ],
        facts: [
            SyntheticFact(
                .person,
                told: ["The plans were drawn by {value}.", "{value} won the competition with a charcoal sketch."],
                plainly: "The architect who designed {name} was {value}.",
                asked: ["Who designed {name}?", "Who was the architect of {name}?"]),
            SyntheticFact(
                .choice([
                    "red sandstone", "granite", "yellow brick", "flint", "black basalt", "larch timber", "white marble",
                    "cast iron", "limestone",
                ]),
                told: ["Its walls consist of {value}.", "Masons insisted on {value} because of the frost."],
                plainly: "The material of which {name} is made is {value}.",
                asked: ["What is {name} made of?", "What material was used for {name}?"]),
            SyntheticFact(
                .number(14...198, unit: "metres"),
                told: [
                    "The ridge of the roof stands {value} above the street.",
                    "From the cellar floor to the finial it measures {value}.",
                ],
                plainly: "The height of {name} is {value}.",
                asked: ["How tall is {name}?", "What is the height of {name}?"]),
            SyntheticFact(
                .year,
                told: [
                    "The ribbon was cut in {value} by two schoolchildren.",
                    "The public has been admitted since {value}.",
                ],
                plainly: "{name} was opened in the year {value}.",
                asked: ["When was {name} opened?", "In which year was {name} inaugurated?"]),
            SyntheticFact(
                .number(1_204...9_876, unit: "crowns"),
                told: ["The bill came to {value}.", "Taxpayers were asked for {value}."],
                plainly: "The cost of {name} was {value}.",
                asked: ["How much did {name} cost?", "What was the price of {name}?"]),
            SyntheticFact(
                .place,
                told: ["It stands on a low hill in {value}.", "The people of {value} see it from every street."],
                plainly: "{name} is located in {value}.",
                asked: ["Where is {name} located?", "Where can one visit {name}?"]),
        ],
        description: (0, "the work of {value}"))
}
