import Transformer

/// RULER's eight needle tasks: magic numbers or ids for some keys, hidden in noise, in essays, or among needles of other keys.
struct RulerNeedles: RulerKind {
    enum Haystack: Sendable {
        case noise, essays, needles
    }

    /// What keys and values are.
    enum Thing: String, Sendable {
        case word, number, uuid
    }

    let name: String
    var haystack: Haystack
    var key = Thing.word
    var value = Thing.number
    var keys = 1
    var valuesPerKey = 1
    var queries = 1

    static let all: [RulerNeedles] = [
        RulerNeedles(name: "niah_single_1", haystack: .noise),
        RulerNeedles(name: "niah_single_2", haystack: .essays),
        RulerNeedles(name: "niah_single_3", haystack: .essays, value: .uuid),
        RulerNeedles(name: "niah_multikey_1", haystack: .essays, keys: 4),
        RulerNeedles(name: "niah_multikey_2", haystack: .needles),
        RulerNeedles(name: "niah_multikey_3", haystack: .needles, key: .uuid, value: .uuid),
        RulerNeedles(name: "niah_multivalue", haystack: .essays, valuesPerKey: 4),
        RulerNeedles(name: "niah_multiquery", haystack: .essays, keys: 4, queries: 4),
    ]

    var needsEssays: Bool { haystack == .essays }

    func problem(
        length: Int, source: RulerSource, using generator: inout SplitMix64
    ) throws(EvaluationError) -> RulerProblem {
        var drawer = Drawer(generator: generator)
        var needles: [String] = []
        var found: [(key: String, values: [String])] = []
        for _ in 0..<keys {
            let key = drawer.different(self.key)
            let values = (0..<valuesPerKey).map { _ in drawer.different(value) }
            needles += values.map { needle(key: key, value: $0) }
            found.append((key, values))
        }
        let asked = found.shuffled(using: &drawer.generator).prefix(queries)
        let expected = asked.flatMap(\.values)
        let names = asked.map(\.key)
        let query =
            names.count > 1 ? names.dropLast().joined(separator: ", ") + ", and \(names[names.count - 1])" : names[0]
        let (things, verb) = expected.count > 1 ? ("\(value.rawValue)s", "are") : (value.rawValue, "is")
        let what = "the special magic \(things) for \(query) mentioned in the provided text"
        let question = "What \(expected.count > 1 ? "are all" : "is") \(what)?"
        let start = drawer
        return RulerProblem(
            question: question, expected: expected,
            prompt: AnswerPrompt(
                before:
                    "Some special magic \(value.rawValue)s are hidden in the following text. Keep them in mind: you will "
                    + "be asked for them.\n",
                behind: "\n\(question)", opening: "The \(what.dropFirst(4)) \(verb)", answerTokens: 128),
            context: { [needles] in
                var drawer = start
                return text(length: length, hiding: needles, source: source, drawer: &drawer)
            })
    }

    private func needle(key: String, value: String) -> String {
        "One of the special magic \(self.value.rawValue)s for \(key) is: \(value)."
    }

    private func text(length: Int, hiding needles: [String], source: RulerSource, drawer: inout Drawer) -> String {
        switch haystack {
        case .noise:
            return source.noise(length: length, hiding: needles, inOrder: false, using: &drawer.generator)
        case .needles:
            var room = length - needles.reduce(0) { $0 + source.tokens(of: $1 + "\n") }
            var others: [String] = []
            while true {
                let other = needle(key: drawer.different(key), value: drawer.different(value))
                room -= source.tokens(of: other + "\n")
                if room < 0, others.count >= needles.count { break }
                others.append(other)
            }
            return RulerSource.lines(others, hiding: needles, using: &drawer.generator)
        case .essays:
            // RULER draws from 40 depths, each taken once.
            let depths = (0..<40).map { (100 * Double($0) / 39).rounded() / 100 }.shuffled(using: &drawer.generator)
            let room = length - needles.reduce(0) { $0 + source.tokens(of: " " + $1) }
            let hidden = zip(needles.shuffled(using: &drawer.generator), depths).map {
                Evaluation.Haystack.Hidden($0, depth: $1)
            }
            return source.essays?.text(length: max(1, room), hiding: hidden) ?? ""
        }
    }

    /// Draws words, numbers and ids, each once only: a second needle with the same key would be a second answer.
    private struct Drawer: Sendable {
        var generator: SplitMix64
        private var drawn: Set<String> = []

        init(generator: SplitMix64) { self.generator = generator }

        mutating func different(_ thing: Thing) -> String {
            while true {
                let text = draw(thing)
                if drawn.insert(text).inserted { return text }
            }
        }

        private mutating func draw(_ thing: Thing) -> String {
            switch thing {
            case .word:
                // Once half of the pairs are taken, a third part keeps drawing quick.
                let pair = RulerWords.pair(using: &generator)
                return drawn.count < RulerWords.pairCount / 2 ? pair : "\(RulerWords.single(using: &generator))-\(pair)"
            case .number: return "\(Int.random(in: 1_000_000...9_999_999, using: &generator))"
            case .uuid: return Self.uuid(using: &generator)
            }
        }

        /// Version 4 of RFC 9562: 122 random bits.
        private static func uuid(using generator: inout SplitMix64) -> String {
            let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
            let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
            let digits = [high, low].map { number in
                let hex = String(number, radix: 16)
                return String(repeating: "0", count: 16 - hex.count) + hex
            }.joined()
            var parts: [String] = []
            var rest = digits[...]
            for count in [8, 4, 4, 4, 12] {
                parts.append(String(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            return parts.joined(separator: "-")
        }
    }
}
