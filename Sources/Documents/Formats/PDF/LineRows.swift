/// Lines of a page that stand side by side.
struct LineRow: Sendable {
    /// From left to right.
    private(set) var lines: [TextLine]
    /// What others are compared with: the one with most of the text.
    private var main: TextLine

    private init(_ line: TextLine) {
        lines = [line]
        main = line
    }

    /// Lines in rows, from top to bottom.
    static func rows(_ lines: [TextLine]) -> [LineRow] {
        var rows: [LineRow] = []
        for line in lines.sorted(by: { $0.core.top + $0.core.bottom < $1.core.top + $1.core.bottom }) {
            // What is raised or lowered may have come between.
            let near = rows.indices.suffix(4).max {
                rows[$0].main.sharedHeight(with: line) < rows[$1].main.sharedHeight(with: line)
            }
            if let near, rows[near].main.sharedHeight(with: line) >= 0.5 {
                rows[near].lines.append(line)
                if line.count > rows[near].main.count { rows[near].main = line }
            } else {
                rows.append(LineRow(line))
            }
        }
        for index in rows.indices { rows[index].lines.sort { $0.box.left < $1.box.left } }
        return rows.sorted { $0.main.core.top < $1.main.core.top }
    }

    /// Its lines, joined where there is no more room between them than justified text may have.
    var cells: [TextLine] {
        var cells: [[TextLine]] = []
        for line in lines {
            if let last = cells.last?.last, line.box.left - last.box.right < height {
                cells[cells.count - 1].append(line)
            } else {
                cells.append([line])
            }
        }
        return cells.compactMap(TextLine.merge)
    }
    /// All of it as one line.
    var merged: TextLine { TextLine.merge(lines) ?? main }
    /// Where most of its text stands.
    var core: (top: Double, bottom: Double) { main.core }
    /// The height of most of its text.
    var height: Double { main.height }
    /// How many words it has, where words are not parted by spaces by its length.
    var wordCount: Double {
        lines.reduce(0) { count, line in
            count + line.words.reduce(0) { $0 + max(1, Double($1.text.utf8.count) / 12) }
        }
    }
}
