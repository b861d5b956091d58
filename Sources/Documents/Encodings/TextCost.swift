/// How improbable a decoded text is, in quarters of a bit: of several ways to read the same bytes, the cheapest is
/// the most probable.
///
/// What it costs that a letter follows another is counted for languages (``LetterModel``); the other numbers are
/// estimates of how often such a character stands in a text, as minus the logarithm of its share.
enum TextCost {
    /// A character that is none, or that no text holds.
    static let fault = 100
    /// A letter that the language of the text does not have: of Western Europe, of its script, and of another one.
    static let usualForeignLetter = 48
    static let foreignLetter = 54
    static let otherScript = 60
    /// A letter behind one that the language does not have: more than where nothing is in front of it.
    static let behindForeign = 8
    /// A vowel sign that is mostly left out.
    static let rareMark = 32
    /// Two letters of different scripts side by side.
    static let mixedWord = 24
    /// A Latin letter beside a character of a script that is written without spaces.
    static let seam = 36
    /// A capital letter behind a small one, behind a capital, behind neither.
    static let upperBehindLower = 20
    static let upperBehindUpper = 4
    static let upperAtStart = 8
    /// What ends a word, behind what ends one.
    static let boundaryBehindBoundary = 8

    /// A character that is no letter.
    static func sign(_ kind: CharacterTrait.Kind) -> Int {
        switch kind {
        case .boundary: 28
        case .letter: foreignLetter
        case .punctuation: 28
        case .sign: 40
        case .rareSign: 56
        case .box: 44
        case .fault: fault
        }
    }

    /// One more of the same line of a box.
    static let sameBox = 4
    /// A sign in the middle of a word: at a letter behind it, and in front of it.
    static let signInWord = 10

    /// A character of a text in a language of thousands of characters, each by itself.
    static func of(_ scalar: Unicode.Scalar, _ trait: CharacterTrait, in language: FrequentCharacters?) -> Int {
        if let rank = language?.rank(of: scalar) {
            // The more frequent half of a text costs about eight bits a character, the rarer one ten.
            return 20 + 3 * (Int.bitWidth - (rank + 1).leadingZeroBitCount)
        }
        let isJapanese = language?.language == "ja"
        switch (trait.kind, trait.script) {
        case (.letter, .kana): return isJapanese ? scalar.value < 0x30A0 ? 24 : scalar.value < 0xFF00 ? 30 : 42 : 52
        case (.letter, .han): return 0x4E00..<0x9FA6 ~= scalar.value || scalar.value == 0x3005 ? 60 : 80
        case (.letter, .hangul): return 56
        case (.letter, _): return 52
        case (.boundary, _), (.punctuation, _): return 24
        case (.sign, _), (.box, _): return 44
        case (.rareSign, _): return 52
        case (.fault, _): return fault
        }
    }
}
