/// Where words begin and end in a text, in UTF-8 bytes.
///
/// A word is a run of letters, digits and symbols between white space and punctuation. In scripts that put no space between
/// words, each character is one.
struct WordBoundaries {
    /// In rising order.
    private(set) var starts: [Int] = []
    private(set) var ends: Set<Int> = []

    init(_ text: String) {
        var isInside = false
        var place = 0
        func end() -> Bool {
            if isInside { ends.insert(place) }
            return false
        }
        for character in text {
            let isWord = Self.isPartOfWord(character)
            if !isWord || Self.isWordAlone(character) { isInside = end() }
            if isWord {
                if !isInside { starts.append(place) }
                isInside = true
            }
            place += character.utf8.count
            if Self.isWordAlone(character) { isInside = end() }
        }
        isInside = end()
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        !character.isWhitespace && (!character.isPunctuation || unitSigns.contains(character))
    }

    /// Punctuation, says Unicode, but part of what they stand at: 7 %, #3, R&B.
    private static let unitSigns: Set<Character> = ["%", "‰", "#", "&", "@", "§"]

    /// Kana, Chinese characters, Hangul syllables are not: Korean has spaces.
    private static func isWordAlone(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }
}
