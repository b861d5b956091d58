/// Joins lines to running text: with spaces, and without the hyphens that part words at line ends.
struct LineJoiner {
    /// Words with hyphens in them that were seen within lines, where they are no accident of setting.
    private var compounds: Set<String> = []

    /// Compounds that are kept at most.
    private static let most = 20_000

    /// Learns from a line.
    mutating func look(at text: String) {
        guard text.utf8.contains(UInt8(ascii: "-")) else { return }
        for word in text.split(separator: " ") where compounds.count < Self.most && word.contains("-") {
            let word = Self.letters(word).lowercased()
            if word.dropFirst().dropLast().contains("-") { compounds.insert(word) }
        }
    }

    /// Adds a line to text.
    func append(_ line: String, to text: inout String) {
        guard !text.isEmpty else {
            text = line
            return
        }
        guard text.last == "-", let next = line.first, !line.isEmpty else {
            text += Self.needsSpace(text, line) ? " " + line : line
            return
        }
        let head = text.suffix(while: { !$0.isWhitespace })
        let tail = line.prefix { !$0.isWhitespace }
        guard head.dropLast().last?.isLetter == true, next.isLowercase else {
            // "1999-" goes on with "2003", a dash between spaces with a space.
            text += head.count == 1 || head.hasSuffix("--") ? " " + line : line
            return
        }
        if !isCompound(head, tail) { text.removeLast() }
        text += line
    }

    /// Whether the hyphen at the end of the first part belongs to the word.
    private func isCompound(_ head: some StringProtocol, _ tail: some StringProtocol) -> Bool {
        let first = Self.letters(head.dropLast()).lowercased()
        let second = Self.letters(tail).lowercased()
        return first.contains("-") || second.contains("-") || Self.prefixes.contains(first)
            || compounds.contains(first + "-" + second)
    }

    /// Without punctuation around it.
    private static func letters(_ word: some StringProtocol) -> String {
        var rest = Substring(word)
        while let first = rest.first, !first.isLetter, !first.isNumber { rest.removeFirst() }
        while let last = rest.last, !last.isLetter, !last.isNumber { rest.removeLast() }
        return String(rest)
    }

    /// What is nearly always written with a hyphen, and begins hardly a word without one.
    private static let prefixes: Set<String> = ["self", "well", "two", "three", "four", "five", "six", "non"]

    /// Chinese and Japanese have no spaces.
    private static func needsSpace(_ text: String, _ line: String) -> Bool {
        guard let last = text.unicodeScalars.last?.value, let first = line.unicodeScalars.first?.value else {
            return false
        }
        return !(isIdeographic(last) && isIdeographic(first))
    }

    private static func isIdeographic(_ scalar: UInt32) -> Bool {
        (0x3000...0x30FF).contains(scalar) || (0x3400...0x9FFF).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
    }
}

extension StringProtocol {
    /// What stands at the end for as long as a condition holds.
    fileprivate func suffix(while condition: (Character) -> Bool) -> SubSequence {
        self[(lastIndex { !condition($0) }.map(index(after:)) ?? startIndex)...]
    }
}
