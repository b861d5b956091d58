/// The order in which a page is read: columns one after the other, what goes across them in between.
///
/// It looks for the gutter: the place where most lines have room between them. Lines that go across it part the page in bands, and in
/// each the left side is read before the right one, where the two are columns of prose and not of a table (XY-cut, by the gaps of
/// lines in place of their projections, which one line across is enough to close).
struct ColumnOrder {
    /// Lines to be read from top to bottom.
    typealias Column = [TextLine]

    /// Columns in reading order.
    static func columns(_ lines: [TextLine]) -> [Column] {
        let upright = lines.filter { !$0.isTurned }
        let turned = lines.filter(\.isTurned)
        // No page that is set in columns has that many lines, and time grows with their square.
        let columns = upright.count > 1_500 ? [upright] : arranged(upright, depth: 0)
        return (columns + [turned]).filter { !$0.isEmpty }
    }

    /// Columns in columns at most.
    private static let deepest = 5

    private static func arranged(_ lines: [TextLine], depth: Int) -> [Column] {
        guard lines.count >= 6, depth < deepest, let gutter = gutter(of: lines) else { return [lines] }
        var sides = Sides(lines, gutter: gutter)
        guard sides.areColumns else { return [lines] }
        let rowsAcross = rowsOfTables(lines, gutter: gutter)
        if !rowsAcross.isEmpty { sides = Sides(lines, gutter: gutter, across: rowsAcross) }

        var columns: [Column] = []
        var across: Column = []
        func close() {
            if !across.isEmpty { columns.append(across) }
            across = []
        }
        for (band, line) in sides.bands {
            if band.left.isEmpty || band.right.isEmpty || band.isTable {
                // The last line of a paragraph across may be a short one.
                across += band.left + band.right
            } else {
                close()
                columns += arranged(band.left, depth: depth + 1) + arranged(band.right, depth: depth + 1)
            }
            if let line { across.append(line) }
        }
        close()
        return columns
    }

    /// The place where most lines have room beside them before another begins; nil where too few have.
    private static func gutter(of lines: [TextLine]) -> Double? {
        var gaps: [(left: Double, right: Double, height: Double)] = []
        for line in lines {
            let next = lines.lazy.filter { $0.box.left >= line.box.right - 1 && line.sharedHeight(with: $0) > 0.3 }
                .min { $0.box.left < $1.box.left }
            guard let next, next.box.left - line.box.right > 0.4 * line.height else { continue }
            gaps.append((line.box.right, next.box.left, line.height))
        }
        // The place in most of the gaps.
        let edges = (gaps.map { ($0.left, 1) } + gaps.map { ($0.right, -1) }).sorted { $0 < $1 }
        var (open, most, place) = (0, 0, 0.0)
        for (index, edge) in edges.enumerated() {
            open += edge.1
            if open > most, index + 1 < edges.count {
                most = open
                place = (edge.0 + edges[index + 1].0) / 2
            }
        }
        let votes = gaps.filter { $0.left <= place && place <= $0.right }
        guard votes.count >= 3 else { return nil }
        // Gaps of justified lines that happen to stand below each other share little room.
        let left = votes.map(\.left).sorted()[votes.count / 2]
        let right = votes.map(\.right).sorted()[votes.count / 2]
        let height = votes.map(\.height).sorted()[votes.count / 2]
        return right - left >= 0.6 * height ? place : nil
    }

    /// Which lines stand in rows of a table that goes across the gutter: three and more rows of short cells, on both sides of it.
    private static func rowsOfTables(_ lines: [TextLine], gutter: Double) -> Set<Int> {
        var found: Set<Int> = []
        var run: [LineRow] = []
        func close() {
            if run.count >= 3 {
                let places = Set(run.flatMap(\.lines).map(\.place))
                for (index, line) in lines.enumerated() where places.contains(line.place) { found.insert(index) }
            }
            run = []
        }
        for row in LineRow.rows(lines) {
            let words = row.cells.map(\.words.count)
            let isSplit = row.lines.contains { $0.box.right < gutter } && row.lines.contains { $0.box.left > gutter }
            if isSplit, words.count >= 4, (words.max() ?? 0) <= 6, row.wordCount < 3 * Double(words.count) {
                run.append(row)
            } else {
                close()
            }
        }
        close()
        return found
    }

    /// Lines on both sides of a gutter.
    private struct Sides {
        var left: [TextLine] = []
        var right: [TextLine] = []
        var across: [TextLine] = []

        init(_ lines: [TextLine], gutter: Double, across rows: Set<Int> = []) {
            for (index, line) in lines.enumerated() {
                if rows.contains(index) {
                    across.append(line)
                } else if line.box.right <= gutter + 1 {
                    left.append(line)
                } else if line.box.left >= gutter - 1 {
                    right.append(line)
                } else {
                    across.append(line)
                }
            }
        }

        private init() {}

        /// From top to bottom: what stands between two lines across, and the line below.
        var bands: [(sides: Sides, across: TextLine?)] {
            let across = across.sorted { $0.core.top + $0.core.bottom < $1.core.top + $1.core.bottom }
            let places = across.map { $0.core.top + $0.core.bottom }
            var bands = [Sides](repeating: Sides(), count: across.count + 1)
            for line in left {
                bands[places.partitioningIndex { $0 > line.core.top + line.core.bottom }].left.append(line)
            }
            for line in right {
                bands[places.partitioningIndex { $0 > line.core.top + line.core.bottom }].right.append(line)
            }
            return bands.enumerated().map { ($1, $0 < across.count ? across[$0] : nil) }
        }

        /// Whether both sides are prose, or stand beside each other without having lines in common.
        var areColumns: Bool {
            let rows = (left: LineRow.rows(left), right: LineRow.rows(right))
            guard rows.left.count >= 3, rows.right.count >= 3 else { return false }
            return isProse(rows.left) && isProse(rows.right)
                || 2 * levelRows(rows) < min(rows.left.count, rows.right.count)
        }

        /// Whether the rows of both sides belong together.
        var isTable: Bool {
            let rows = (left: LineRow.rows(left), right: LineRow.rows(right))
            let level = levelRows(rows)
            return level >= 2 && 10 * level >= 7 * max(rows.left.count, rows.right.count)
                && !(isProse(rows.left) && isProse(rows.right))
        }

        private func isProse(_ rows: [LineRow]) -> Bool {
            rows.reduce(0) { $0 + $1.wordCount } >= 4 * Double(rows.count)
        }

        /// How many rows of one side stand on a line with one of the other.
        private func levelRows(_ rows: (left: [LineRow], right: [LineRow])) -> Int {
            let places = rows.left.map(\.core.bottom).sorted()
            return rows.right.count { row in
                let index = places.partitioningIndex { $0 >= row.core.bottom - 0.2 * row.height }
                return index < places.count && places[index] <= row.core.bottom + 0.2 * row.height
            }
        }
    }
}

extension TextLine {
    /// Whether it is to be read from the side.
    var isTurned: Bool { count >= 4 && box.height > 2.5 * box.width }

    /// Where it begins, to know it again by.
    var place: [Double] { [box.left, box.top, box.right] }
}
