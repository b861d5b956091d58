/// A single full stop before white space: does it end a sentence, or does it belong to the word before it?
struct FullStop {
    private let text: SentenceText
    /// The word before the stop, with the stops inside it.
    private let word: Range<Int>
    /// The word behind, and what it begins with.
    private let next: SentenceStart
    /// Where the line or the sentence begins.
    private let start: Int

    /// - Parameters:
    ///   - index: Of the stop.
    ///   - next: What stands behind.
    ///   - start: Where the line or the sentence of the stop begins.
    init(in text: SentenceText, at index: Int, next: SentenceStart, start: Int) {
        self.text = text
        self.next = next
        self.start = start
        word = text.start(before: index, limit: Self.longestWord, while: Self.isOfWords)..<index
    }

    /// Whether the stop belongs to its word: an abbreviation, an initial, an ordinal or an item's number.
    var belongsToWord: Bool {
        guard !word.isEmpty, let first = text.property(at: word.lowerBound) else { return false }
        guard word.count < (text.bytes[word.lowerBound] < 0x80 ? Self.longestLatinWord : Self.longestWord) else {
            return false
        }
        if text.bytes[word].allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) { return isOrdinal }
        if first == .upper, word.count > 1, text.bytes[word].allSatisfy(Self.isRomanDigit) { return isOrdinal }
        if Self.hasOnlyAbbreviations(text.scalar(at: word.lowerBound)) { return true }
        if word.count <= Self.longestPart, let belongs = isLastOfSpaced { return belongs }
        if text.endWithMarks(of: word.lowerBound) == word.upperBound { return isInitial(first) }
        let name = text.string(word).lowercased()
        let roles = WordRoles(of: name)
        if text.bytes[word].contains(UInt8(ascii: ".")), let belongs = isDotted(name, roles, first: first) {
            return belongs
        }
        if next.kind == .digit {
            return isShortened || name.hasSuffix("str")
                || !roles.isDisjoint(with: [.beforeNumber, .beforeName, .title, .beforeClause])
        }
        if roles.contains(.beforeClause) { return true }
        // "St. Mary", but "They sent the rep. Nobody came."
        if roles.contains(.beforeName) || roles.contains(.title) && isCapitalized { return !beginsSentence }
        return roles.contains(.beforeNumber) && next.isNumeral
    }

    /// Whether a word of a few Latin letters has no vowels, and so was shortened: "tgl. 6", "Bkz. 3". An R or L inside
    /// of a word may be one, as in Czech "smrt".
    private var isShortened: Bool {
        let letters = text.bytes[word]
        return (2...4).contains(letters.count) && letters.dropFirst().allSatisfy(\.isSmallLetter)
            && letters.allSatisfy { $0 < 0x80 && $0.isLetter && !"aeiouyAEIOUY".utf8.contains($0) }
            && letters.dropFirst().dropLast().allSatisfy { $0 != UInt8(ascii: "r") && $0 != UInt8(ascii: "l") }
    }

    /// "1. First item", "am 3. Oktober", "II. Dünya Savaşı", but "It was in 1999. Then it went."
    private var isOrdinal: Bool {
        if isFirst { return true }
        guard next.kind == .capital, word.count <= Self.longestOrdinal else { return false }
        let roles = WordRoles(of: next.word)
        return roles.contains(.month)
            || !roles.contains(.beginning)
                && WordRoles(of: text.string(wordBefore).lowercased()).contains(.beforeOrdinal)
    }

    /// Whether the stop belongs to a word of one letter.
    private func isInitial(_ property: SentenceBreakProperty) -> Bool {
        switch property {
        case .upper:
            // "Plan B", "vitamin C", and in English "I", end sentences before words that begin them.
            let isBehindName = isFirst || text.property(at: wordBefore.lowerBound) == .upper
            return isBehindName ? !(isEnglishI && beginsSentence) : !isEnglishI && !beginsSentence
        case .lower:
            // "the government's. Maybe"
            if let before = text.scalar(before: word.lowerBound), before == 0x27 || before == 0x2019 { return false }
            let name = text.string(word).lowercased()
            let isLetter = WordRoles(of: name).contains(.letter)
            if next.isInitial, !(isLetter && isBehindNumber) { return true }
            if next.kind == .digit { return true }
            guard isLetter else { return false }
            return name == "v" || next.word == "chr" || !beginsSentence && !isBehindNumber
        case .letter:
            // Letters without capitals: initials where words are longer, and names of letters.
            let scalar = text.scalar(at: word.lowerBound)
            return text.end(of: word.lowerBound) == word.upperBound && !Scripts.hasWordsOfOneLetter(scalar)
                || WordRoles(of: text.string(word)).contains(.beforeName)
        default: return false
        }
    }

    /// "U.S", "z.B", "κ.λπ"; nil where a word is of another kind, as in "example.org".
    private func isDotted(_ name: String, _ roles: WordRoles, first: SentenceBreakProperty) -> Bool? {
        if roles.contains(.ending) { return next.kind == .digit }
        let isOfLetters = name.split(separator: ".").allSatisfy { $0.count == 1 }
        if first == .upper, isOfLetters { return !beginsSentence }
        // "44 π.Χ. Then": what stands behind a number may end a sentence.
        if isBehindNumber, first == .lower { return false }
        return isOfLetters ? true : nil
    }

    /// "z. B.", "u. a.", "и т. д.": whether the stop belongs to the last of words that are one abbreviation; nil where
    /// they are none that is known.
    private var isLastOfSpaced: Bool? {
        let wordBefore = wordBefore
        guard isAdjacent, wordBefore.count <= Self.longestPart, text.bytes[wordBefore].last == UInt8(ascii: ".") else {
            return nil
        }
        let roles = WordRoles(of: (text.string(wordBefore) + text.string(word)).lowercased())
        if roles.contains(.ending) { return next.kind == .digit }
        return roles.contains(.beforeClause) ? true : nil
    }

    /// Whether nothing but white space stands between the word and the one before it.
    private var isAdjacent: Bool {
        let wordBefore = wordBefore
        return !wordBefore.isEmpty
            && text.bytes[wordBefore.upperBound..<word.lowerBound].allSatisfy { $0.isWhitespace || $0 >= 0x80 }
    }

    /// The word before the stop's, without the white space and the marks between.
    private var wordBefore: Range<Int> {
        let gap = text.start(before: word.lowerBound, limit: Self.longestGap) { !Self.isOfWords($0) }
        return text.start(before: gap, limit: Self.longestWord, while: Self.isOfWords)..<gap
    }

    /// Whether nothing but marks stands before the word in its sentence or on its line.
    private var isFirst: Bool { start >= wordBefore.upperBound }
    private var isCapitalized: Bool {
        let letters = text.bytes[word]
        return letters.first?.isCapitalLetter == true && letters.dropFirst().first?.isSmallLetter == true
    }

    private var isEnglishI: Bool { word.count == 1 && text.bytes[word.lowerBound] == UInt8(ascii: "I") }
    private var beginsSentence: Bool { !next.isInitial && WordRoles(of: next.word).contains(.beginning) }
    private var isBehindNumber: Bool { isAdjacent && text.property(at: wordBefore.lowerBound) == .numeric }

    /// Bytes of an abbreviation at most; longer words end sentences.
    private static let longestWord = 28
    /// The same for words that begin with an ASCII letter.
    private static let longestLatinWord = 11
    /// Bytes of a word of an abbreviation of several words at most.
    private static let longestPart = 5
    /// Bytes between two words at most.
    private static let longestGap = 64
    /// Bytes of an ordinal number at most: "XVIII", "24.12".
    private static let longestOrdinal = 5

    /// Letters, digits, their marks, and full stops. Ideographs stand without spaces, so no word is told by them.
    private static func isOfWords(_ scalar: UInt32) -> Bool {
        switch SentenceBreakProperty(scalar) {
        case .lower, .upper, .numeric, .extend, .format: true
        case .letter: !Scripts.isIdeographic(scalar)
        default: scalar == 0x2E
        }
    }

    private static func isRomanDigit(_ byte: UInt8) -> Bool { "IVXLCDM".utf8.contains(byte) }

    /// Whether a full stop behind a word of this script is always an abbreviation's: Thai and Lao have no other.
    private static func hasOnlyAbbreviations(_ scalar: UInt32) -> Bool { (0x0E00..<0x0F00).contains(scalar) }
}
