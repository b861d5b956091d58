/// What an item of a list begins with.
struct ListMark: Equatable {
    /// Whether it is a mark that begins no line of prose.
    var isBullet: Bool

    /// The mark that a line begins with, if one.
    init?(line: String) {
        let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let mark = parts.first, !mark.isEmpty, mark.utf8.count <= 8 else { return nil }
        if Self.bullets.contains(String(mark)) {
            isBullet = true
            return
        }
        // "1.", "12)", "(3)", "a)", "(iv)", "[7]"
        isBullet = mark.first == "[" && mark.last == "]"
        let name = mark.drop { "([".contains($0) }.prefix { !".)]".contains($0) }
        let closing = mark.drop { "([".contains($0) }.dropFirst(name.count)
        guard closing.count == 1, !name.isEmpty else { return nil }
        let isNumber = name.count <= 3 && name.allSatisfy(\.isNumber)
        let isLetter = name.count == 1 && name.allSatisfy(\.isLetter) && closing != "."
        let isRoman = name.allSatisfy { "ivx".contains($0) }
        guard isNumber || isLetter || isRoman else { return nil }
    }

    private static let bullets: Set<String> = [
        "•", "◦", "▪", "▸", "►", "‣", "●", "○", "■", "□", "–", "—", "-", "*", "·", "∙", "➢", "✓",
    ]
}
