/// What of a character tells whether a text was decoded as it was meant.
struct CharacterTrait: Sendable, Equatable {
    /// What it is for.
    let kind: Kind
    /// Whose letter it is.
    let script: Script
    /// A capital letter.
    let isUpper: Bool
    /// A small letter of a script that has capitals.
    let isLower: Bool
    /// A sign that is written above or below a letter.
    let isMark: Bool
    /// The small letter of a letter.
    let folded: Unicode.Scalar

    enum Kind: Sendable {
        /// White space, ASCII's digits and punctuation.
        case boundary
        case letter
        /// Quotation marks, dashes and others that writers use.
        case punctuation
        /// Signs that are usual: currencies, degrees.
        case sign
        /// Signs that are rare in text.
        case rareSign
        /// Lines of boxes.
        case box
        /// Control characters, and what is no character.
        case fault
    }

    enum Script: Sendable {
        case none, latin, greek, cyrillic, hebrew, arabic, thai, kana, han, hangul, other
    }

    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        let category = properties.generalCategory
        script = Self.script(of: scalar.value)
        isUpper = category == .uppercaseLetter
        isLower = category == .lowercaseLetter
        isMark = category == .nonspacingMark
        let small = properties.lowercaseMapping.unicodeScalars
        // The capital I with a dot is one letter, and its small letter has a dot anyway.
        folded = scalar == "\u{130}" ? "i" : small.count == 1 ? small.first ?? scalar : scalar
        kind =
            switch (scalar.value, category) {
            case (0x09...0x0D, _), (0x20, _), (0xA0, _), (0x3000, _): .boundary
            case (0..<0x20, _), (0x7F..<0xA0, _): .fault
            case (0..<0x41, _), (0x5B..<0x61, _), (0x7B..<0x7F, _): .boundary
            case (0x2500..<0x25A0, _): .box
            case (_, .uppercaseLetter), (_, .lowercaseLetter), (_, .otherLetter), (_, .titlecaseLetter),
                (_, .modifierLetter) where script != .none, (_, .nonspacingMark) where script != .none,
                (_, .spacingMark) where script != .none:
                .letter
            case (_, .unassigned), (_, .privateUse), (_, .surrogate): .fault
            case (0xFFFD, _): .fault
            case (0xAB, _), (0xBB, _), (0x2010..<0x2015, _), (0x2018...0x201F, _), (0x2026, _), (0xB7, _), (0x387, _),
                (0x3001..<0x3012, _), (0xFF01..<0xFF20, _), (0x60C, _), (0x61B, _), (0x61F, _), (0x200C...0x200F, _):
                .punctuation
            case (0x20AC, _), (0xA7, _), (0xA9, _), (0xAE, _), (0xB0, _), (0xA3, _), (0xBF, _), (0xA1, _), (0x2116, _),
                (0xAA, _), (0xBA, _), (0x2022, _), (0x2122, _), (0x5BE, _), (0xE3F, _), (0xD7, _), (0x20AA, _):
                .sign
            default: .rareSign
            }
    }

    private static func script(of value: UInt32) -> Script {
        switch value {
        case 0x41..<0x5B, 0x61..<0x7B, 0xAA, 0xBA, 0xC0..<0xD7, 0xD8..<0xF7, 0xF8..<0x250, 0x1E00..<0x1F00: .latin
        case 0..<0x370: .none
        case 0x370..<0x400, 0x1F00..<0x2000: .greek
        case 0x400..<0x530: .cyrillic
        case 0x590..<0x600: .hebrew
        case 0x600..<0x700: .arabic
        case 0xE00..<0xE80: .thai
        case 0x3040..<0x3100, 0xFF66..<0xFFA0: .kana
        case 0x3005, 0x3400..<0xA000, 0xF900..<0xFB00, 0x20000..<0x32000: .han
        case 0x1100..<0x1200, 0x3130..<0x3190, 0xAC00..<0xD7B0: .hangul
        case 0x2000..<0x3400, 0xFE00..<0x10000, 0x1F000..<0x20000: .none
        default: .other
        }
    }
}
