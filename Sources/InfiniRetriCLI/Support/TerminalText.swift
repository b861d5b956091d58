/// Text from outside as a terminal may have it: what a document or a model says must not move the cursor, colour what follows,
/// or set the window's title.
enum TerminalText {
    /// The text with U+FFFD in place of control characters (category Cc) other than tab and line feed. The line break of
    /// Windows becomes a line feed.
    static func visible(_ text: String) -> String {
        // Nearly all text is of bytes that begin nothing else.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xE2 || $0 == 0x0A || $0 == 0x09 }) {
            return text
        }
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

    /// A name in a line of its own words: what would end the line is shown as U+FFFD too.
    static func name(_ name: String) -> String {
        String(visible(name).map { $0.isNewline ? "\u{FFFD}" : $0 })
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar.properties.generalCategory != .control && !isOverride(scalar)
    }

    /// Whether it makes the terminal show what follows in another order than it stands: embeddings, overrides and isolates.
    private static func isOverride(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}
