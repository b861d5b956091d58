import Documents

/// Where punctuation ends a sentence.
enum SentencePunctuation {
    /// The end of the sentence whose closing punctuation begins at `index`, closing quotes and brackets included, or
    /// `nil` where the byte there ends none.
    static func end(of bytes: ArraySlice<UInt8>, at index: Int, lineStart: Int) -> Int? {
        switch bytes[index] {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
            latinEnd(of: bytes, at: index, lineStart: lineStart)
        case 0xD8...0xEF:  // lead bytes of every mark in `fullStops`
            fullStops.first { bytes[index...].starts(with: $0) }
                .map { endOfClosers(in: bytes, from: index + $0.count, among: paired) }
        default: nil
        }
    }

    /// Marks that end a sentence without a space behind them.
    private static let fullStops: [[UInt8]] = ["。", "！", "？", "｡", "؟", "۔", "।", "॥", "։"].map { Array($0.utf8) }

    /// Closing marks that belong to the sentence before them. Straight quotes open sentences too, so they count only
    /// where a space follows.
    private static let paired = [")", "]", "”", "’", "»", "」", "』", "）", "】"].map { Array($0.utf8) }
    private static let closers = paired + ["\"", "'"].map { Array($0.utf8) }

    private static func endOfClosers(in bytes: ArraySlice<UInt8>, from index: Int, among closers: [[UInt8]]) -> Int {
        var index = index
        while let closer = closers.first(where: { bytes[index...].starts(with: $0) }) { index += closer.count }
        return index
    }

    private static func latinEnd(of bytes: ArraySlice<UInt8>, at index: Int, lineStart: Int) -> Int? {
        var end = index
        while end < bytes.endIndex, [".", "?", "!"].contains(where: { UInt8(ascii: $0) == bytes[end] }) { end += 1 }
        let marks = bytes[index..<end]
        end = endOfClosers(in: bytes, from: end, among: closers)
        guard end < bytes.endIndex else { return end }
        guard bytes[end].isWhitespace else { return nil }
        let next = bytes[end...].first { !$0.isWhitespace }
        // "3 p.m. on Friday", "'Why?' he said": a sentence does not begin with a small letter.
        let isQuoted = end > marks.endIndex
        if isQuoted || marks.first == UInt8(ascii: "."), let next, next.isSmallLetter { return nil }
        if marks.count == 1, marks.first == UInt8(ascii: "."),
            isAbbreviation(bytes[lineStart..<index], before: next)
        {
            return nil
        }
        return end
    }

    /// Whether the full stop behind `text` belongs to its last word: an abbreviation, an initial, or an item's number.
    private static func isAbbreviation(_ text: ArraySlice<UInt8>, before next: UInt8?) -> Bool {
        let word = text.suffix(
            from: text.lastIndex { !$0.isLetter && !$0.isDigit && $0 != 0x2E }.map { $0 + 1 } ?? text.startIndex)
        guard let first = word.first, word.count <= 8 else { return false }
        if word.allSatisfy(\.isDigit) {
            // "1. First item", at the start of its line.
            return text[..<word.startIndex].allSatisfy(\.isWhitespace)
        }
        if word.count == 1 { return first.isCapitalLetter && first != UInt8(ascii: "I") }
        let lower = String(decoding: word, as: UTF8.self).lowercased()
        if beforeNames.contains(lower) { return true }
        // "No. 5" and "pp. 3", but "He said no. Then he left."
        if beforeNumbers.contains(lower) { return next?.isDigit ?? false }
        return false
    }

    /// Abbreviations that stand before a name or a clause and hardly ever end a sentence.
    private static let beforeNames: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "mt", "ft", "gen", "col", "capt", "lt", "sgt", "maj",
        "cmdr",
        "adm", "gov", "sen", "rep", "pres", "messrs", "mme", "mlle", "fr", "sr", "vs", "v", "cf", "e.g", "i.e", "viz",
        "eg", "ie", "approx", "ca", "al", "u.s", "u.k", "u.n", "ph.d",
    ]
    private static let beforeNumbers: Set<String> = [
        "no", "nos", "nr", "vol", "vols", "p", "pp", "fig", "figs", "sec", "sect", "ch", "chap", "art", "par", "para",
        "eq", "eqs", "tab", "app", "ed", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
        "dec",
    ]
}
