/// Text from outside as a terminal may have it: what a document or a model says must not move the cursor, colour what follows,
/// or set the window's title.
enum TerminalText {
    /// The text with U+FFFD in place of control characters (category Cc) other than tab and line feed. The line break of
    /// Windows becomes a line feed.
    static func visible(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy(isHarmless) { return text }
        var visible = String.UnicodeScalarView()
        for character in text {
            if character == "\r\n" {
                visible.append("\n")
            } else {
                visible.append(contentsOf: character.unicodeScalars.map { isHarmless($0) ? $0 : "\u{FFFD}" })
            }
        }
        return String(visible)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar.properties.generalCategory != .control
    }
}
