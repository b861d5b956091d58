import Documents

/// Tells line breaks that were set on purpose from those of wrapped prose.
///
/// A break is deliberate when the next line's first word would easily have fit on the line before it: verse, lists,
/// logs and source code break early, wrapped prose does not. What fits is learned from the longest of the lines just
/// seen. Widths are columns, so that scripts of more bytes count alike. Marks of a list item, an indented line and a
/// line that ends like source code are deliberate in any case.
struct LineBreaks {
    private let rules: Segmentation.LineWrapping
    private var longest = 0.0

    init(_ rules: Segmentation.LineWrapping) { self.rules = rules }

    /// Whether the break between `line` and the text that follows it was set on purpose.
    mutating func isDeliberate(after line: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>) -> Bool {
        let width = Self.columns(line) - (line.last == 0x0D ? 1 : 0)
        longest = max(longest * rules.fading, Double(width))
        guard width > 0, let next = rest.first, next != .lineFeed else { return true }
        let first = SentenceText(rest).property(at: rest.startIndex)
        guard Self.continuesProse(first, scalar: SentenceText(rest).scalar(at: rest.startIndex)) else { return true }
        if width <= rules.narrowest { return true }
        if let last = line.last(where: { !$0.isBlank }) {
            if Self.endsCode.contains(last) { return true }
            if first == .lower, last.isLetter || last == UInt8(ascii: ",") { return false }
        }
        if width > rules.widest { return true }
        let word = rest.prefix(rules.widest).prefix { !$0.isWhitespace }
        return Double(width + 1 + Self.columns(word)) <= longest * rules.raggedness
    }

    /// Whether a line of wrapped prose may begin so: with a letter, a digit, an opening quote or bracket, or something
    /// of another script that is no bullet.
    private static func continuesProse(_ first: SentenceBreakProperty?, scalar: UInt32) -> Bool {
        switch first {
        case .lower, .upper, .letter, .numeric, nil: true
        case .space: false
        default: scalar < 0x80 ? opensWords.contains(UInt8(scalar)) : !isBullet(scalar)
        }
    }

    /// Bullets, arrows, geometric shapes, dingbats and pictures.
    private static func isBullet(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xB7, 0x2022, 0x2023, 0x2043, 0x2190..<0x2200, 0x25A0..<0x27C0, 0x2B00..<0x2C00, 0x1F300..<0x1FB00: true
        default: false
        }
    }

    /// Columns that a text takes: one for a scalar, two where its script is wide (Chinese, Japanese, Korean, pictures).
    private static func columns(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { buffer in
            var index = 0
            // ASCII goes eight at a time.
            while index + 8 <= buffer.count,
                buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            { index += 8 }
            return buffer[index...].reduce(index) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) + ($1 >= 0xE3 ? 1 : 0) }
        }
    }

    /// Opening quotes and brackets may begin a line of wrapped prose.
    private static let opensWords = Set("\"'(".utf8)
    /// Line ends of source code and markup.
    private static let endsCode = Set(";{}[>|=\\".utf8)
}
