/// Tells running headers, footers and page numbers from text, by what stands in the same place on pages before and behind.
///
/// In doubt a line is text.
struct PageFurniture {
    /// Pages before and behind that a page is compared with.
    static let reach = 4

    /// A row at the upper or lower edge of a page.
    private struct Edge {
        var page: Int
        var row: LineRow
        /// Its text without numbers.
        var pattern: String
        /// Numbers that it begins or ends with, or that are all of it.
        var numbers: [PageNumber]
        /// Whether nothing but the number stands in it.
        var isNumber: Bool
        /// Whether there is room between it and the text.
        var isApart: Bool
    }

    /// Rows at edges of pages near the one that is looked at.
    private var edges: [Int: [Edge]] = [:]

    /// Learns about a page.
    mutating func look(at page: PageText) { edges[page.number] = Self.edges(of: page) }

    /// Takes furniture off a page whose neighbours were looked at, and notes its label.
    mutating func remove(from page: inout PageText, isAlone: Bool) {
        let number = page.number
        let near = edges.values.flatMap(\.self).filter { $0.page != number && abs($0.page - number) <= Self.reach }
        let pages = Set(near.map(\.page)).count
        for edge in edges[number] ?? [] {
            let isRepeated =
                Set(
                    near.filter { $0.pattern == edge.pattern && !edge.pattern.isEmpty && Self.areLevel($0, edge) }.map(
                        \.page)
                ).count >= min(2, max(1, pages))
            let label = edge.numbers.first { own in
                // The number of a chapter may happen to be that of its page: with words beside it, it must be in its place.
                let same = near.filter { other in
                    (edge.isNumber || Self.areLevel(other, edge)) && other.numbers.contains { $0.follows(own) }
                }
                return Set(same.map(\.page)).count >= (edge.isNumber ? 1 : 2)
            }
            let isOnly = isAlone && edge.isNumber && edge.numbers.contains { $0.offset == 0 }
            guard edge.isApart || edge.isNumber, isRepeated || label != nil || isOnly else { continue }
            let places = Set(edge.row.lines.map(\.place))
            page.lines.removeAll { places.contains($0.place) }
            if let label, page.label == nil, label.text != String(number) { page.label = label.text }
        }
        for old in edges.keys where old < number - Self.reach { edges[old] = nil }
    }

    private static func areLevel(_ edge: Edge, _ other: Edge) -> Bool {
        abs(edge.row.core.bottom - other.row.core.bottom) <= 4
    }

    /// The share of a page's height that is looked at above and below.
    private static let margin = 0.3

    /// Rows of one page at its upper and lower edge.
    private static func edges(of page: PageText) -> [Edge] {
        let margin = Self.margin * page.height
        let upper = LineRow.rows(page.lines.filter { $0.box.bottom < margin && !$0.isTurned })
        let lower = LineRow.rows(page.lines.filter { $0.box.top > page.height - margin && !$0.isTurned })
        let tops = page.lines.map(\.core.top).sorted()
        let bottoms = page.lines.map(\.core.bottom).sorted()
        let first = upper.prefix(2).map { row in
            let next = tops[min(tops.count - 1, tops.partitioningIndex { $0 > row.core.bottom - 1 })]
            return edge(row, page, room: next - row.core.bottom)
        }
        let last = lower.suffix(2).reversed().map { row in
            let above = bottoms[max(0, bottoms.partitioningIndex { $0 > row.core.top + 1 } - 1)]
            return edge(row, page, room: row.core.top - above)
        }
        return first + last
    }

    private static func edge(_ row: LineRow, _ page: PageText, room: Double) -> Edge {
        let text = row.merged.text.withoutTypesetting
        let words = text.split { $0.isWhitespace || "|·•".contains($0) }.map(String.init)
        let ends = [words.first, words.last].compactMap(\.self)
        let numbers = ends.compactMap { PageNumber($0, page: page.number) }
        let named = words.count <= 4 ? words.compactMap { PageNumber($0, page: page.number) } : []
        let others = words.filter { PageNumber($0, page: page.number) == nil && $0.contains(where: \.isLetter) }
        return Edge(
            page: page.number, row: row, pattern: String(text.filter { !$0.isNumber && !$0.isWhitespace }),
            numbers: numbers + named, isNumber: others.allSatisfy { wordsOfNumbers.contains($0.lowercased()) },
            isApart: room > 0.5 * row.height)
    }

    private static let wordsOfNumbers: Set<String> = ["page", "of", "seite", "von", "página", "de", "p."]
}

/// The number that is printed on a page.
private struct PageNumber {
    /// As it stands there.
    var text: String
    /// Whether it is written with letters.
    var isRoman: Bool
    /// How much more it is than the number of the page in the file.
    var offset: Int

    init?(_ word: String, page: Int) {
        let bare = word.drop { "-–—([".contains($0) }.prefix { !"-–—)].,".contains($0) }
        guard !bare.isEmpty, bare.utf8.count <= 8 else { return nil }
        if bare.allSatisfy({ ("0"..."9").contains($0) }), let value = Int(bare) {
            (isRoman, offset) = (false, value - page)
        } else if let value = Self.roman(bare.lowercased()) {
            (isRoman, offset) = (true, value - page)
        } else {
            return nil
        }
        text = String(bare)
    }

    /// Whether both belong to one sequence.
    func follows(_ other: PageNumber) -> Bool { isRoman == other.isRoman && offset == other.offset }

    private static func roman(_ text: String) -> Int? {
        let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]
        var (sum, last) = (0, 0)
        for letter in text.reversed() {
            guard let value = values[letter] else { return nil }
            sum += value < last ? -value : value
            last = max(last, value)
        }
        return sum > 0 ? sum : nil
    }
}
