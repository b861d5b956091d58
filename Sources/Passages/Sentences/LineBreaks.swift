import Documents

/// Tells line breaks that were set on purpose from those of wrapped prose.
///
/// A break is deliberate when the next line's first word would easily have fit on the line before it: verse, lists, logs
/// and source code break early, wrapped prose does not. What fits is learned from the longest of the lines just seen.
/// Marks of a list item, an indented line and a line that ends like source code are deliberate in any case.
struct LineBreaks {
    private let rules: Segmentation.LineWrapping
    private var longest = 0.0

    init(_ rules: Segmentation.LineWrapping) { self.rules = rules }

    /// Whether the break between `line` and the text that follows it was set on purpose.
    mutating func isDeliberate(after line: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>) -> Bool {
        let width = line.count - (line.last == 0x0D ? 1 : 0)
        longest = max(longest * rules.fading, Double(width))
        guard width > 0, let next = rest.first, next != .lineFeed else { return true }
        if next.isBlank || !(next.isLetter || next.isDigit || Self.opensWords.contains(next)) { return true }
        if width <= rules.narrowest { return true }
        if let last = line.last(where: { !$0.isBlank }) {
            if Self.endsCode.contains(last) { return true }
            if next.isSmallLetter, last.isLetter || last == UInt8(ascii: ",") { return false }
        }
        if width > rules.widest { return true }
        let word = rest.prefix(rules.widest).prefix { !$0.isWhitespace }
        return Double(width + 1 + word.count) <= longest * rules.raggedness
    }

    /// Opening quotes and brackets may begin a line of wrapped prose.
    private static let opensWords = Set("\"'(".utf8)
    /// Line ends of source code and markup.
    private static let endsCode = Set(";{}[>|=\\".utf8)
}
