extension ProbeKind {
    static let novel = ProbeKind(
        naming: ProbeNames.title,
        openings: [
            "{name} is a novel in four parts.", "Critics were slow to warm to {name}.",
            "Schoolchildren of a whole generation had to read {name}.",
        ],
        continuations: [
            "An essay written long afterwards looks back at {name}.",
            "Collectors pay high sums for early copies of {name}.",
        ],
        asides: [
            "The cover shows an empty chair.", "Its last sentence is often quoted.",
            "A stage version closed after nine nights.",
        ],
        facts: [
            ProbeFact(
                .person,
                told: [
                    "{value} finished the manuscript in a fishing hut.",
                    "It came from the pen of {value}, then unknown.",
                ],
                asked: ["Who wrote {name}?", "Who is the author of {name}?"]),
            ProbeFact(
                .year,
                told: [
                    "The first edition reached the shops in {value}.", "Printed in {value}, it sold out within a week.",
                ],
                asked: ["When was {name} published?", "What year did {name} appear?"]),
            ProbeFact(
                .person,
                told: [
                    "At its centre stands {value}, a ferryman with a secret.",
                    "The plot follows {value} through one endless summer.",
                ],
                asked: ["Who is the main character of {name}?", "Who is the hero of {name}?"]),
            ProbeFact(
                .place,
                told: ["The action unfolds in {value} during a drought.", "Nearly all chapters play in {value}."],
                asked: ["Where is {name} set?", "What is the setting of {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "The English version is by {value}.", "{value} carried it over into English with great care.",
                ],
                asked: ["Who translated {name}?", "Who was the translator of {name}?"]),
            ProbeFact(
                .person,
                told: [
                    "{value} turned it into a motion picture in black and white.",
                    "For the screen it was adapted by {value}.",
                ],
                asked: ["Who directed the film of {name}?", "Who was the director of the movie {name}?"]),
        ],
        description: (3, "the novel about {value}"))

    static let band = ProbeKind(
        naming: { generator in ProbeNames.pair(using: &generator) + "s" },
        openings: [
            "{name} were a rock group with a taste for long intros.",
            "For a few years nobody could escape {name}.",
            "{name} began as a school orchestra without a conductor.",
        ],
        continuations: [
            "A documentary about {name} was shown late at night.", "Fans of {name} still meet once a year.",
        ],
        asides: [
            "Their stage clothes were sewn by an aunt.", "Reviewers compared them to a thunderstorm in a tin shed.",
            "No recording of the early rehearsals is left.",
        ],
        facts: [
            ProbeFact(
                .person,
                told: ["{value} gave them their smoky voice.", "At the microphone stood {value}."],
                asked: ["Who was the lead singer of {name}?", "Who sang in {name}?"]),
            ProbeFact(
                .choice([
                    "Tin Roof Rain", "Midnight Ferry", "Ask the Moon", "Paper Crown", "Seven Bridges", "Cold Tea",
                    "Left at the Station", "Sugar and Smoke", "My Other Coat", "Slow Train South",
                ]),
                told: [
                    "They topped the charts with \"{value}\".",
                    "Radio stations played \"{value}\" until listeners begged for mercy.",
                ],
                asked: ["What was the biggest hit of {name}?", "Which song made {name} famous?"]),
            ProbeFact(
                .place,
                told: ["The members met at a night school in {value}.", "It all started in a garage in {value}."],
                asked: ["Where was {name} formed?", "Where does the group {name} come from?"]),
            ProbeFact(
                .year,
                told: [
                    "After a quarrel over money they parted ways in {value}.",
                    "The farewell concert was given in {value}.",
                ],
                asked: ["When did {name} break up?", "In what year did {name} split?"]),
            ProbeFact(
                .person,
                told: [
                    "{value} kept time behind the kit.", "The rhythm was the business of {value}, a trained baker.",
                ],
                asked: ["Who was the drummer of {name}?", "Who played the drums in {name}?"]),
        ],
        description: (2, "the musicians from {value}"))

    static let club = ProbeKind(
        naming: { generator in
            let ends = ["Rovers", "Athletic", "Wanderers", "United", "Harriers", "Rangers", "Albion"]
            return ProbeNames.place(using: &generator) + " " + ProbeNames.pick(ends, &generator)
        },
        shortName: .first,
        openings: [
            "{name} are a football side with more history than silver.",
            "Supporters of {name} are known for their patience.",
            "{name} grew out of a works team at a gas plant.",
        ],
        continuations: [
            "The anniversary brochure of {name} lists many further facts.",
            "A newspaper column takes stock of {name} every summer.",
        ],
        asides: [
            "The mascot is a badger.", "Away games are reached by coach, singing all the way.",
            "A fan magazine comes out whenever its editor finds the time.",
        ],
        facts: [
            ProbeFact(
                .person,
                told: [
                    "{value} picks the line-up and runs the training.", "On the touchline {value} gives the orders.",
                ],
                asked: ["Who is the coach of {name}?", "Who is the manager of {name}?"]),
            ProbeFact(
                .choice([
                    "claret and blue", "green and white", "black and amber", "red and gold", "purple", "orange",
                    "navy and pink", "maroon",
                ]),
                told: ["The players wear {value}.", "On match days the streets are decked in {value}."],
                asked: ["What are the colours of {name}?", "What colour are the shirts of {name}?"]),
            ProbeFact(
                .year,
                told: [
                    "Their only championship dates from {value}.", "They finished first in {value} and never again.",
                ],
                asked: ["When did {name} win the league?", "What year did {name} take the title?"]),
            ProbeFact(
                .person,
                told: [
                    "{value} netted forty times in one campaign.", "Nobody has found the net more often than {value}.",
                ],
                asked: ["Who is the top scorer of {name}?", "Who scored most goals for {name}?"]),
            ProbeFact(
                .number(2_105...9_940),
                told: ["The stands hold {value} spectators.", "At most {value} tickets can be sold."],
                asked: ["What is the capacity of the ground of {name}?", "How big is the stadium of {name}?"]),
        ],
        description: (0, "the eleven of {value}"))
}
