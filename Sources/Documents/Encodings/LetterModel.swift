/// How probable letters are behind one another in a language, as costs: quarters of a bit.
struct LetterModel: Sendable {
    /// Its two letters.
    let language: String
    /// Whose letters it has.
    let script: CharacterTrait.Script
    /// Numbers of its small letters, from 1 on; 0 is what stands between words.
    private let numbers: [Unicode.Scalar: Int]
    private let costs: [UInt8]

    /// The number of a small letter; nil where the language does not have it.
    func number(of letter: Unicode.Scalar) -> Int? { numbers[letter] }

    /// What it costs that a letter follows another.
    func cost(of letter: Int, after previous: Int) -> Int { Int(costs[previous * (numbers.count + 1) + letter]) }

    /// The languages that are known.
    static let all = table.split(separator: "\n\n").compactMap { LetterModel($0.split(separator: "\n")) }

    /// A part of the table.
    private init?(_ lines: [Substring]) {
        guard lines.count > 2 else { return nil }
        language = String(lines[0])
        // The combining characters of a script must not join.
        let letters = Array(lines[1].unicodeScalars.dropFirst())
        guard let last = letters.last else { return nil }
        script = CharacterTrait(last).script
        numbers = Dictionary(uniqueKeysWithValues: zip(letters, 1...))
        costs = lines[2...].flatMap { $0.utf8.map { $0 &- Self.noCost } }
        guard costs.count == (letters.count + 1) * (letters.count + 1) else { return nil }
    }

    /// What stands for no cost in the table.
    private static let noCost = UInt8(ascii: "#")
}

/// The most frequent characters of a language that has thousands.
struct FrequentCharacters: Sendable {
    /// Its name: `zh-cn`.
    let language: String
    private let ranks: [Unicode.Scalar: Int]

    /// How many are more frequent; nil for a rare one.
    func rank(of character: Unicode.Scalar) -> Int? { ranks[character] }

    /// The languages that are known.
    static let all = table.split(separator: "\n\n").compactMap { FrequentCharacters($0.split(separator: "\n")) }

    /// A part of the table.
    private init?(_ lines: [Substring]) {
        guard lines.count > 1 else { return nil }
        language = String(lines[0])
        ranks = Dictionary(
            zip(lines[1...].joined().unicodeScalars, 0...), uniquingKeysWith: { first, _ in first })
    }
}
