extension SubjectKind {
    static let ship = SubjectKind(
        naming: InventedNames.pair,
        openings: [
            SubjectOpening("The {name} was a three-masted barque.", called: "sailing vessel"),
            SubjectOpening(
                "Old sailors still tell stories of the steamer {name}.", called: "legendary boat with an engine"),
            SubjectOpening("The {name} earned her keep on the northern route.", called: "freighter in Arctic service"),
        ],
        continuations: [
            "An inquiry into the fate of the {name} sat for nine days.",
            "A model of the {name} can be seen in the maritime museum.",
        ],
        asides: [
            "Her figurehead was a woman with a lamp.", "The ship's cat is said to have had its own hammock.",
            "Insurance was paid only after long letters.",
        ],
        mentions: [
            "A lifebelt of the {name} hung on the wall.",
            "The news came on the same morning as the {name}.",
        ],
        facts: [
            SyntheticFact(
                .year,
                told: ["She slid down the slipway in {value}.", "The hull was completed in {value} and painted grey."],
                plainly: "The {name} was launched in the year {value}.",
                asked: ["When was the {name} launched?", "What year was the {name} built?"]),
            SyntheticFact(
                .person,
                told: [
                    "On the last voyage she was commanded by {value}.", "{value} stood at the helm for eleven seasons.",
                ],
                plainly: "The captain of the {name} was {value}.",
                asked: ["Who was the captain of the {name}?", "Who was the skipper of the {name}?"]),
            SyntheticFact(
                .choice([
                    "roof slates", "oranges", "tea", "coal", "cork", "whale oil", "gunpowder", "timber",
                    "salted herring",
                    "sugar",
                ]),
                told: [
                    "Her hold was packed with {value} when the storm came.",
                    "She mostly hauled {value} between the islands.",
                ],
                plainly: "The cargo of the {name} was {value}.",
                asked: ["What cargo did the {name} carry?", "What freight was the {name} transporting?"]),
            SyntheticFact(
                .place,
                told: ["She went down off {value} within the hour.", "Divers located the wreck near {value}."],
                plainly: "The {name} sank and was lost at {value}.",
                asked: ["Where did the {name} sink?", "Where was the {name} lost?"]),
            SyntheticFact(
                .number(12...187),
                told: ["For this passage {value} sailors signed on.", "The muster roll lists {value} hands."],
                plainly: "The {name} had a crew of {value} people.",
                asked: ["How large was the crew of the {name}?", "How many people worked aboard the {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "She belonged to {value}, a merchant with little patience.",
                    "The profits went to {value}, who never sailed.",
                ],
                plainly: "The owner of the {name} was {value}.",
                asked: ["Who owned the {name}?", "Who was the owner of the {name}?"]),
        ],
        description: (3, "wreck at {value}"))

    static let company = SubjectKind(
        naming: { generator in
            let ends = [
                "Optics", "Brothers", "Foundries", "Chemicals", "Mills", "Instruments", "Breweries", "Textiles",
            ]
            return InventedNames.surname(using: &generator) + " " + InventedNames.pick(ends, &generator)
        },
        shortName: .first,
        openings: [
            SubjectOpening("{name} was once a household word.", called: "the enterprise that everybody used to know"),
            SubjectOpening(
                "{name} is a firm of modest size and long memory.", called: "the fairly small old enterprise"),
            SubjectOpening(
                "Investors have learned to be careful with {name}.",
                called: "the corporation that shareholders mistrust"),
        ],
        continuations: [
            "The annual report of {name} runs to ninety pages.", "A strike brought {name} into the newspapers.",
        ],
        asides: [
            "Its first advertisement promised more than any machine could do.",
            "The canteen was famous for its dumplings.", "Shares are held by two families.",
        ],
        mentions: [
            "The bill was sent to {name} by mistake.",
            "An advertisement for {name} was painted on the fence.",
        ],
        facts: [
            SyntheticFact(
                .person,
                told: [
                    "{value} started the business in a rented stable.", "It began as a one-man venture of {value}.",
                ],
                plainly: "The company {name} was founded by {value}.",
                asked: ["Who founded {name}?", "Who established the company {name}?"]),
            SyntheticFact(
                .choice([
                    "microscopes", "sewing machines", "bicycle lamps", "fountain pens", "cheese graters", "typewriters",
                    "garden shears", "thermometers", "umbrellas", "pressure gauges",
                ]),
                told: [
                    "Its best-selling line was always {value}.", "Orders for {value} kept the night shift busy.",
                ],
                plainly: "{name} produced {value}, and no other goods.",
                asked: ["What did {name} produce?", "Which goods does {name} manufacture?"]),
            SyntheticFact(
                .place,
                told: [
                    "The main office moved to {value} after a merger.",
                    "Decisions are taken in a glass tower in {value}.",
                ],
                plainly: "{name} is based in {value}, where it has its headquarters.",
                asked: ["Where is {name} based?", "Where are the headquarters of {name}?"]),
            SyntheticFact(
                .number(1_120...9_910),
                told: ["At its peak {value} workers were on the payroll.", "The wage list once ran to {value} names."],
                plainly: "The staff of {name} was {value} employees.",
                asked: ["How many employees did {name} have?", "How large was the staff of {name}?"]),
            SyntheticFact(
                .year,
                told: [
                    "Creditors closed the doors in {value}.", "It filed for insolvency in {value}, owing millions.",
                ],
                plainly: "{name} went bankrupt in the year {value}.",
                asked: ["When did {name} go bankrupt?", "What was the year of the bankruptcy of {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "Daily affairs are in the hands of {value}.", "{value} moved into the corner room last autumn.",
                ],
                plainly: "The chief executive who runs {name} is {value}.",
                asked: ["Who runs {name}?", "Who is the chief executive of {name}?"]),
        ],
        description: (2, "the manufacturer in {value}"))

    static let device = SubjectKind(
        naming: { generator in
            let things = ["valve", "relay", "coupling", "governor", "burner", "gearbox", "sensor", "pump", "regulator"]
            return InventedNames.surname(using: &generator) + " " + InventedNames.pick(things, &generator)
        },
        openings: [
            SubjectOpening(
                "The {name} is a small part with large consequences.", called: "little component that matters so much"),
            SubjectOpening(
                "Apprentices learn early to respect the {name}.", called: "component that young workers must fear"),
            SubjectOpening(
                "Hardly any plant of the period did without a {name}.",
                called: "component once installed in every factory"),
        ],
        continuations: [
            "The manual of the {name} warns against several mistakes.",
            "A later revision of the {name} brought minor changes.",
        ],
        asides: [
            "It makes a faint ticking sound in operation.", "Spare parts are sold by the dozen.",
            "Cleaning it takes a brush and some patience.",
        ],
        mentions: [
            "A rusty {name} served as a paperweight.",
            "Somebody had left the {name} on the doorstep.",
        ],
        facts: [
            SyntheticFact(
                .person,
                told: [
                    "{value} devised it while repairing a steam laundry.",
                    "The idea came to {value} during a power cut.",
                ],
                plainly: "The inventor of the {name} was {value}.",
                asked: ["Who invented the {name}?", "Who was the inventor of the {name}?"]),
            SyntheticFact(
                .number(104...890, unit: "degrees"),
                told: ["Above {value} its seals begin to melt.", "It tolerates heat up to {value}."],
                plainly: "The {name} fails at a temperature of {value}.",
                asked: ["At what temperature does the {name} fail?", "What is the maximum temperature of the {name}?"]),
            SyntheticFact(
                .year,
                told: [
                    "Legal protection was granted in {value}.",
                    "The drawings were registered in {value} after a dispute.",
                ],
                plainly: "The {name} was patented in the year {value}.",
                asked: ["When was the {name} patented?", "What is the year of the patent on the {name}?"]),
            SyntheticFact(
                .choice([
                    "bronze", "porcelain", "hardened steel", "brass", "graphite", "ebonite", "zinc", "aluminium",
                    "titanium",
                ]),
                told: ["Its housing is turned from {value}.", "Only {value} resists the acid for long enough."],
                plainly: "The material of which the {name} is made is {value}.",
                asked: ["What is the {name} made of?", "Which material does the {name} use?"]),
            SyntheticFact(
                .number(3...96, unit: "months"),
                told: ["It must be taken apart every {value}.", "Inspectors want to see it after {value}."],
                plainly: "The {name} needs maintenance at an interval of {value}.",
                asked: [
                    "How often does the {name} need maintenance?", "What is the service interval of the {name}?",
                ]),
        ],
        description: (0, "contrivance of {value}"))

    static let battle = SubjectKind(
        naming: { generator in
            let types = ["Battle", "Siege", "Treaty", "Congress", "Armistice"]
            return InventedNames.pick(types, &generator) + " of " + InventedNames.place(using: &generator)
        },
        openings: [
            SubjectOpening(
                "The {name} ended a decade of uneasy truces.", called: "clash after ten years of fragile peace"),
            SubjectOpening("Historians still argue about the {name}.", called: "event that scholars dispute"),
            SubjectOpening(
                "The {name} takes up a single page in most schoolbooks.",
                called: "event to which pupils' texts give little room"),
        ],
        continuations: [
            "Eyewitness accounts of the {name} differ on many points.",
            "A monument recalls the {name} to those who pass by.",
        ],
        asides: [
            "Rain had turned the roads to mud.", "Messengers needed three days to bring the news.",
            "Both sides claimed to have got what they wanted.",
        ],
        mentions: [
            "This was long before the {name}.",
            "A veteran of the {name} kept the keys.",
        ],
        facts: [
            SyntheticFact(
                .year,
                told: ["It fell in the wet autumn of {value}.", "Chroniclers enter it under {value}."],
                plainly: "The date of the {name} is {value}.",
                asked: ["When was the {name}?", "What was the date of the {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "The victors marched behind {value}.", "{value} had the upper hand and knew it.",
                ],
                plainly: "The winner at the {name} was {value}.",
                asked: ["Who won at the {name}?", "Who was the winner of the {name}?"]),
            SyntheticFact(
                .number(1_210...9_760),
                told: ["Gravediggers counted {value} bodies.", "In all {value} men never came home."],
                plainly: "The death toll of the {name} was {value} soldiers.",
                asked: ["How many soldiers died because of the {name}?", "What was the death toll of the {name}?"]),
            SyntheticFact(
                .choice([
                    "salt tax", "toll on wool", "fishing grounds", "silver mines", "right to mint coins",
                    "inheritance of a duchy", "control of the lighthouse", "grazing on the common", "price of grain",
                ]),
                told: ["At bottom it was a quarrel about the {value}.", "The {value} had set the two crowns at odds."],
                plainly: "The reason for the {name} was the {value}.",
                asked: ["What caused the {name}?", "What was the reason for the {name}?"]),
            SyntheticFact(
                .person,
                told: [
                    "The papers were put before both parties by {value}.",
                    "{value} carried the white flag between the camps.",
                ],
                plainly: "The mediator who negotiated at the {name} was {value}.",
                asked: ["Who negotiated at the {name}?", "Who was the mediator of the {name}?"]),
        ],
        description: (0, "event of {value}"))
}
