import Synchronization

/// What it costs to read a sample in an encoding of single bytes, in the language that makes it cheapest.
final class SingleByteCost: Sendable {
    private let characters: [CharacterTrait?]
    /// The languages whose scripts have an alphabet in it, and not only a letter.
    private let languages: [Language]

    private static let known = Mutex<[TextEncoding: SingleByteCost]>([:])

    /// That of an encoding; it is worked out once for the process.
    static func of(_ encoding: TextEncoding) -> SingleByteCost {
        known.withLock { known in
            if let cost = known[encoding] { return cost }
            let cost = SingleByteCost(CharacterTable.of(encoding))
            known[encoding] = cost
            return cost
        }
    }

    private init(_ table: CharacterTable) {
        let characters: [CharacterTrait?] = table.characters.enumerated().map { code, packed in
            guard packed != 0 || code == 0 else { return nil }
            return Unicode.Scalar(packedUTF8: packed).map { CharacterTrait($0) }
        }
        let letters = characters[0x80...].compactMap { $0?.kind == .letter ? $0?.script : nil }
        let scripts = Set(letters.filter { script in letters.count { $0 == script } > 20 })
        languages = LetterModel.all.enumerated().filter { scripts.contains($0.element.script) }.map { index, model in
            Language(
                index: index, model: model,
                numbers: characters.map { trait in
                    trait.flatMap { $0.kind == .boundary ? 0 : model.number(of: $0.folded) }
                })
        }
        self.characters = characters
    }

    /// A language with the letters of the encoding's bytes.
    private struct Language {
        /// Its place in ``LetterModel/all``.
        let index: Int
        let model: LetterModel
        /// The number of each byte's letter; nil where it is none of the language.
        let numbers: [Int?]
    }

    /// What the pairs of a sample that are no ASCII cost in the cheapest language, given what its ASCII costs in each
    /// one.
    /// - Parameter ascii: By number of the model, in the order of ``LetterModel/all``.
    func cost(of sample: ByteSample, ascii: [Int]) -> Int {
        let cheapestASCII = ascii.min() ?? 0
        let tellingCount = sample.telling.reduce(0) { $0 + $1.count }
        var best = Int.max
        for language in languages {
            var cost = 0
            for (pair, count) in sample.telling { cost += count * self.cost(of: pair, language) }
            // A text of Latin letters is in one language, but for names and quotations; in others Latin letters are
            // another's.
            let other = cheapestASCII + (language.model.script == .latin ? 60 + 3 * tellingCount : 0)
            best = min(best, cost + min(ascii[language.index], other))
        }
        return best
    }

    private func cost(of pair: ByteSample.BytePair, _ language: Language) -> Int {
        guard let trait = characters[Int(pair.second)] else { return TextCost.fault }
        let previous = characters[Int(pair.first)]
        let number = language.numbers[Int(pair.second)]
        let previousNumber = language.numbers[Int(pair.first)]
        var cost: Int
        switch trait.kind {
        case .boundary:
            guard pair.second < 0x80 else { return TextCost.sign(.boundary) }
            guard let previousNumber, previousNumber > 0 else { return TextCost.boundaryBehindBoundary }
            return language.model.cost(of: 0, after: previousNumber)
        case .letter:
            if let number {
                cost = language.model.cost(of: number, after: previousNumber ?? 0)
            } else if trait.script == .latin && language.model.script == .latin {
                cost = trait.folded.value < 0x100 ? TextCost.usualForeignLetter : TextCost.foreignLetter
            } else {
                cost = trait.isMark ? TextCost.rareMark : TextCost.otherScript
            }
            if previous?.kind == .letter {
                if previous?.script != trait.script { cost += TextCost.mixedWord }
                // Nothing is known of what follows a letter that the language does not have.
                if previousNumber == nil { cost += TextCost.behindForeign }
            }
            if previous?.isOutsideWords == true { cost += TextCost.signInWord }
            if trait.isUpper {
                cost +=
                    previous?.isLower == true
                    ? TextCost.upperBehindLower
                    : previous?.isUpper == true ? TextCost.upperBehindUpper : TextCost.upperAtStart
            }
        default:
            if let number, number > 0 { return language.model.cost(of: number, after: previousNumber ?? 0) }
            if trait.kind == .box, pair.first == pair.second { return TextCost.sameBox }
            cost = TextCost.sign(trait.kind)
            if previous?.kind == .letter, trait.kind == .rareSign || trait.folded == "\u{2018}" {
                cost += TextCost.signInWord
            }
        }
        return cost
    }

    /// What the ASCII of a sample costs in each language, in the order of ``LetterModel/all``.
    static func ascii(of sample: ByteSample) -> [Int] {
        let traits = (UInt8(0)..<0x80).map { CharacterTrait(Unicode.Scalar($0)) }
        return LetterModel.all.map { model in
            guard model.script == .latin else { return Int.max / 2 }
            let numbers = traits.map { $0.kind == .letter ? model.number(of: $0.folded) ?? 0 : 0 }
            var cost = 0
            for (pair, count) in sample.ascii {
                let (first, second) = (numbers[Int(pair.first)], numbers[Int(pair.second)])
                if traits[Int(pair.second)].kind == .fault {
                    cost += count * TextCost.fault
                } else {
                    let isOutside = first == 0 && second == 0
                    cost +=
                        count
                        * (isOutside ? TextCost.boundaryBehindBoundary : model.cost(of: second, after: first))
                }
            }
            return cost
        }
    }
}

extension CharacterTrait {
    /// A sign that no word begins behind, but for apostrophes, which are few.
    fileprivate var isOutsideWords: Bool {
        switch kind {
        case .rareSign: true
        case .sign: folded != "\u{A1}" && folded != "\u{BF}"
        default: folded == "\u{2019}"
        }
    }
}
