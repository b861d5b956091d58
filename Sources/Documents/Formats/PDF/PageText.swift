/// A word on a page.
struct PageWord: Sendable {
    var box: Location.Box
    var text: String
    /// Characters.
    var count: Int
}

/// Words side by side on a page, from left to right.
struct TextLine: Sendable {
    private(set) var words: [PageWord]
    /// Around all words.
    private(set) var box: Location.Box
    /// Where most of its text stands, without what is raised, lowered, larger or smaller.
    private(set) var core: (top: Double, bottom: Double)
    /// Characters.
    private(set) var count: Int

    /// The height of most of its text, which grows with the size of its type.
    var height: Double { core.bottom - core.top }

    /// - Parameter words: At least one.
    init?(_ words: [PageWord]) {
        guard let first = words.first else { return nil }
        self.words = words
        box = words.dropFirst().reduce(first.box) { $0.union($1.box) }
        count = words.reduce(0) { $0 + $1.count }
        core = (first.box.top, first.box.bottom)
        guard words.count > 1 else { return }
        core.top = Self.median(words, \.box.top, of: count)
        core.bottom = max(core.top, Self.median(words, \.box.bottom, of: count))
    }

    /// The value that most characters are at or below.
    private static func median(_ words: [PageWord], _ value: (PageWord) -> Double, of count: Int) -> Double {
        var rest = count / 2
        let sorted = words.map { (value: value($0), count: $0.count) }.sorted { $0.value < $1.value }
        for word in sorted {
            if rest < word.count { return word.value }
            rest -= word.count
        }
        return sorted.last?.value ?? 0
    }

    /// Its words, with spaces where there is room between them: what is set in two sizes, as in small capitals, is one word.
    var text: String {
        var text = ""
        for (index, word) in words.enumerated() {
            if index > 0, isParted(words[index - 1], word) { text += " " }
            text += word.text
        }
        return text
    }

    private func isParted(_ word: PageWord, _ next: PageWord) -> Bool {
        let isLevel = abs(word.box.bottom - next.box.bottom) < 0.2 * height
        return !isLevel || next.box.left - word.box.right > 0.08 * height
            // Words that overlap are written over each other, or are notes of formulas.
            || next.box.left - word.box.right < -0.5 * height
    }

    /// The share of a line's height, or of another's where that is lower, that both take.
    func sharedHeight(with other: TextLine) -> Double {
        let shared = min(core.bottom, other.core.bottom) - max(core.top, other.core.top)
        return shared / max(min(height, other.height), 0.01)
    }

    /// Lines that stand side by side, from left to right, as one.
    static func merge(_ lines: [TextLine]) -> TextLine? {
        lines.count == 1 ? lines.first : TextLine(lines.sorted { $0.box.left < $1.box.left }.flatMap(\.words))
    }
}

/// What a page of a document has of text.
struct PageText: Sendable {
    /// Counted from 1.
    var number: Int
    var width: Double
    var height: Double
    /// In the order of the file, parted where there is room for the edge of a column or of a cell.
    var lines: [TextLine] = []
    /// What is printed as its number.
    var label: String?

    /// Characters.
    var count: Int { lines.reduce(0) { $0 + $1.count } }
}

extension Location.Box {
    var width: Double { right - left }
    var height: Double { bottom - top }

    /// The smallest rectangle around two.
    func union(_ other: Self) -> Self {
        Self(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}
