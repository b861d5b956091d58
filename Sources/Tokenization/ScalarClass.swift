/// What the tokenizers need to know of a Unicode scalar.
struct ScalarClass: OptionSet {
    let rawValue: UInt8

    /// General category L.
    static let letter = ScalarClass(rawValue: 1)
    /// General category N.
    static let number = ScalarClass(rawValue: 2)
    /// White_Space.
    static let space = ScalarClass(rawValue: 4)
    /// CR or LF; also a space.
    static let lineBreak = ScalarClass(rawValue: 8)
    /// None of letter, number and space.
    static let other = ScalarClass(rawValue: 16)
    /// General category P, or one of `$+<=>^~|`; also other.
    static let punctuation = ScalarClass(rawValue: 32)
    /// Canonical combining class above 0.
    static let combining = ScalarClass(rawValue: 64)
    /// Not itself in Normalization Form C, or may be composed with what stands before.
    static let composing = ScalarClass(rawValue: 128)

    /// The class of a scalar by the Unicode version that the Hugging Face tokenizers know: characters assigned later count as
    /// unassigned, so that ids do not depend on the standard library's version.
    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        var known = true
        if let age = properties.age { known = age <= Self.unicodeVersion }
        var result: ScalarClass = []
        if properties.isWhitespace {
            result = scalar == "\n" || scalar == "\r" ? [.space, .lineBreak] : .space
        } else {
            switch known ? properties.generalCategory : .unassigned {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
                result = .letter
            case .decimalNumber, .letterNumber, .otherNumber:
                result = .number
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation:
                result = [.other, .punctuation]
            default:
                result = "$+<=>^~|".unicodeScalars.contains(scalar) ? [.other, .punctuation] : .other
            }
        }
        if CanonicalComposition.combiningClass(scalar) != 0 { result.insert(.combining) }
        if CanonicalComposition.mayChange(scalar) { result.insert(.composing) }
        self = result
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    private static let unicodeVersion = (major: 16, minor: 0)
}

/// The classes of scalars, remembered by pages of 256 when first asked for.
struct ScalarClasses: Sendable {
    /// Where each page begins in `classes`; 0 while it is not filled (the first page, ASCII's, is filled at once).
    private var pages = [Int32](repeating: 0, count: 0x1100)
    private var classes: [UInt8] = []

    init() {
        fill(page: 0)
    }

    /// The class of a scalar value.
    @inline(__always)
    subscript(scalar: UInt32) -> ScalarClass {
        mutating get {
            let page = Int(scalar >> 8)
            if pages[page] == 0, page != 0 { fill(page: page) }
            return ScalarClass(rawValue: classes[Int(pages[page]) + Int(scalar & 0xFF)])
        }
    }

    /// The class of an ASCII character.
    @inline(__always)
    func ascii(_ byte: UInt8) -> ScalarClass {
        ScalarClass(rawValue: classes[Int(byte)])
    }

    @inline(never)
    private mutating func fill(page: Int) {
        pages[page] = Int32(classes.count)
        for value in UInt32(page) << 8..<(UInt32(page) + 1) << 8 {
            // Surrogates are no scalars and never asked for.
            classes.append(Unicode.Scalar(value).map { ScalarClass($0).rawValue } ?? ScalarClass.other.rawValue)
        }
    }
}
