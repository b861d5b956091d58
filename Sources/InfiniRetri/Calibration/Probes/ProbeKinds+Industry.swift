extension ProbeKind {
    static let ship = ProbeKind(
        naming: ProbeNames.pair,
        openings: [
            "The {name} was a three-masted barque.", "Old sailors still tell stories of the steamer {name}.",
            "The {name} earned her keep on the northern route.",
        ],
        continuations: [
            "An inquiry into the fate of the {name} sat for nine days.",
            "A model of the {name} can be seen in the maritime museum.",
        ],
        asides: [
            "Her figurehead was a woman with a lamp.", "The ship's cat is said to have had its own hammock.",
            "Insurance was paid only after long letters.",
        ],
        facts: [
            ProbeFact(
                .year,
                told: ["She slid down the slipway in {value}.", "The hull was completed in {value} and painted grey."],
                asked: ["When was the {name} launched?", "What year was the {name} built?"]),
            ProbeFact(
                .person,
                told: [
                    "On the last voyage she was commanded by {value}.", "{value} stood at the helm for eleven seasons.",
                ],
                asked: ["Who was the captain of the {name}?", "Who was the skipper of the {name}?"]),
            ProbeFact(
                .choice([
                    "roof slates", "oranges", "tea", "coal", "cork", "whale oil", "gunpowder", "timber",
                    "salted herring",
                    "sugar",
                ]),
                told: [
                    "Her hold was packed with {value} when the storm came.",
                    "She mostly hauled {value} between the islands.",
                ],
                asked: ["What cargo did the {name} carry?", "What freight was the {name} transporting?"]),
            ProbeFact(
                .place,
                told: ["She went down off {value} within the hour.", "Divers located the wreck near {value}."],
                asked: ["Where did the {name} sink?", "Where was the {name} lost?"]),
            ProbeFact(
                .number(12...187),
                told: ["For this passage {value} sailors signed on.", "The muster roll lists {value} hands."],
                asked: ["How large was the crew of the {name}?", "How many people worked aboard the {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "She belonged to {value}, a merchant with little patience.",
                    "The profits went to {value}, who never sailed.",
                ],
                asked: ["Who owned the {name}?", "Who was the owner of the {name}?"]),
        ],
        description: (3, "wreck at {value}"))

    static let company = ProbeKind(
        naming: { generator in
            let ends = [
                "Optics", "Brothers", "Foundries", "Chemicals", "Mills", "Instruments", "Breweries", "Textiles",
            ]
            return ProbeNames.surname(using: &generator) + " " + ProbeNames.pick(ends, &generator)
        },
        shortName: .first,
        openings: [
            "{name} was once a household word.", "{name} is a firm of modest size and long memory.",
            "Investors have learned to be careful with {name}.",
        ],
        continuations: [
            "The annual report of {name} runs to ninety pages.", "A strike brought {name} into the newspapers.",
        ],
        asides: [
            "Its first advertisement promised more than any machine could do.",
            "The canteen was famous for its dumplings.", "Shares are held by two families.",
        ],
        facts: [
            ProbeFact(
                .person,
                told: [
                    "{value} started the business in a rented stable.", "It began as a one-man venture of {value}.",
                ],
                asked: ["Who founded {name}?", "Who established the company {name}?"]),
            ProbeFact(
                .choice([
                    "microscopes", "sewing machines", "bicycle lamps", "fountain pens", "cheese graters", "typewriters",
                    "garden shears", "thermometers", "umbrellas", "pressure gauges",
                ]),
                told: [
                    "Its best-selling line was always {value}.", "Orders for {value} kept the night shift busy.",
                ],
                asked: ["What did {name} produce?", "Which goods does {name} manufacture?"]),
            ProbeFact(
                .place,
                told: [
                    "The main office moved to {value} after a merger.",
                    "Decisions are taken in a glass tower in {value}.",
                ],
                asked: ["Where is {name} based?", "Where are the headquarters of {name}?"]),
            ProbeFact(
                .number(1_120...9_910),
                told: ["At its peak {value} workers were on the payroll.", "The wage list once ran to {value} names."],
                asked: ["How many employees did {name} have?", "How large was the staff of {name}?"]),
            ProbeFact(
                .year,
                told: [
                    "Creditors closed the doors in {value}.", "It filed for insolvency in {value}, owing millions.",
                ],
                asked: ["When did {name} go bankrupt?", "What was the year of the bankruptcy of {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "Daily affairs are in the hands of {value}.", "{value} moved into the corner room last autumn.",
                ],
                asked: ["Who runs {name}?", "Who is the chief executive of {name}?"]),
        ],
        description: (2, "the manufacturer in {value}"))

    static let device = ProbeKind(
        naming: { generator in
            let things = ["valve", "relay", "coupling", "governor", "burner", "gearbox", "sensor", "pump", "regulator"]
            return ProbeNames.surname(using: &generator) + " " + ProbeNames.pick(things, &generator)
        },
        openings: [
            "The {name} is a small part with large consequences.",
            "Apprentices learn early to respect the {name}.",
            "Hardly any plant of the period did without a {name}.",
        ],
        continuations: [
            "The manual of the {name} warns against several mistakes.",
            "A later revision of the {name} brought minor changes.",
        ],
        asides: [
            "It makes a faint ticking sound in operation.", "Spare parts are sold by the dozen.",
            "Cleaning it takes a brush and some patience.",
        ],
        facts: [
            ProbeFact(
                .person,
                told: [
                    "{value} devised it while repairing a steam laundry.",
                    "The idea came to {value} during a power cut.",
                ],
                asked: ["Who invented the {name}?", "Who was the inventor of the {name}?"]),
            ProbeFact(
                .number(104...890, unit: "degrees"),
                told: ["Above {value} its seals begin to melt.", "It tolerates heat up to {value}."],
                asked: ["At what temperature does the {name} fail?", "What is the maximum temperature of the {name}?"]),
            ProbeFact(
                .year,
                told: [
                    "Legal protection was granted in {value}.",
                    "The drawings were registered in {value} after a dispute.",
                ],
                asked: ["When was the {name} patented?", "What is the year of the patent on the {name}?"]),
            ProbeFact(
                .choice([
                    "bronze", "porcelain", "hardened steel", "brass", "graphite", "ebonite", "zinc", "aluminium",
                    "titanium",
                ]),
                told: ["Its housing is turned from {value}.", "Only {value} resists the acid for long enough."],
                asked: ["What is the {name} made of?", "Which material does the {name} use?"]),
            ProbeFact(
                .number(3...96, unit: "months"),
                told: ["It must be taken apart every {value}.", "Inspectors want to see it after {value}."],
                asked: [
                    "How often does the {name} need maintenance?", "What is the service interval of the {name}?",
                ]),
        ],
        description: (0, "contrivance of {value}"))

    static let battle = ProbeKind(
        naming: { generator in
            let types = ["Battle", "Siege", "Treaty", "Congress", "Armistice"]
            return ProbeNames.pick(types, &generator) + " of " + ProbeNames.place(using: &generator)
        },
        openings: [
            "The {name} ended a decade of uneasy truces.", "Historians still argue about the {name}.",
            "The {name} takes up a single page in most schoolbooks.",
        ],
        continuations: [
            "Eyewitness accounts of the {name} differ on many points.",
            "A monument recalls the {name} to those who pass by.",
        ],
        asides: [
            "Rain had turned the roads to mud.", "Messengers needed three days to bring the news.",
            "Both sides claimed to have got what they wanted.",
        ],
        facts: [
            ProbeFact(
                .year,
                told: ["It fell in the wet autumn of {value}.", "Chroniclers enter it under {value}."],
                asked: ["When was the {name}?", "What was the date of the {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "The victors marched behind {value}.", "{value} had the upper hand and knew it.",
                ],
                asked: ["Who won at the {name}?", "Who was the winner of the {name}?"]),
            ProbeFact(
                .number(1_210...9_760),
                told: ["Gravediggers counted {value} bodies.", "In all {value} men never came home."],
                asked: ["How many soldiers died because of the {name}?", "What was the death toll of the {name}?"]),
            ProbeFact(
                .choice([
                    "salt tax", "toll on wool", "fishing grounds", "silver mines", "right to mint coins",
                    "inheritance of a duchy", "control of the lighthouse", "grazing on the common", "price of grain",
                ]),
                told: ["At bottom it was a quarrel about the {value}.", "The {value} had set the two crowns at odds."],
                asked: ["What caused the {name}?", "What was the reason for the {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "The papers were put before both parties by {value}.",
                    "{value} carried the white flag between the camps.",
                ],
                asked: ["Who negotiated at the {name}?", "Who was the mediator of the {name}?"]),
        ],
        description: (0, "event of {value}"))
}
