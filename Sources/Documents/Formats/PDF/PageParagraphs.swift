/// Parts the columns of a page into paragraphs, headings, items, tables and notes.
struct PageParagraphs {
    /// A line with its text, which is asked for often.
    private struct SetLine {
        var line: TextLine
        var text: String
        var mark: ListMark?

        init(_ line: TextLine) {
            self.line = line
            text = line.text.withoutTypesetting
            mark = ListMark(line: text)
        }

        var height: Double { line.height }
        var left: Double { line.box.left }
        var right: Double { line.box.right }
    }

    private let page: PageText
    /// The height of the document's running text.
    private let body: Double
    private var pieces: [PagePiece] = []
    private var joiner: LineJoiner

    /// The column that is parted: its edges and the usual room between its lines, in heights of a line.
    private var (left, right, leading) = (0.0, 0.0, 0.0)
    private var lines: [SetLine] = []
    /// Whether there is more room than usual above ``lines``.
    private var isApart = true
    private var isFirst = true

    private init(_ page: PageText, body: Double, _ joiner: LineJoiner) {
        self.page = page
        self.body = body
        self.joiner = joiner
    }

    /// The pieces of a page in reading order.
    /// - Parameters:
    ///   - body: The height of the document's running text.
    ///   - joiner: Learns the words of the page.
    static func pieces(of page: PageText, body: Double, _ joiner: inout LineJoiner) -> [PagePiece] {
        var paragraphs = PageParagraphs(page, body: body, joiner)
        let columns = ColumnOrder.columns(page.lines).map { column in
            PDFTable.parts(column).map { part -> Part in
                switch part {
                case .line(let line): .line(SetLine(line))
                case .table(let table): .table(table)
                }
            }
        }
        for case .line(let line) in columns.joined() { paragraphs.joiner.look(at: line.text) }
        let leading = leading(columns.flatMap(Self.rooms))
        for (index, column) in columns.enumerated() {
            let isLowest = !columns.dropFirst(index + 1).contains { isBelow($0, column) }
            let own = rooms(column)
            paragraphs.take(column, leading: own.count >= 8 ? Self.leading(own) : leading, isLowest: isLowest)
        }
        joiner = paragraphs.joiner
        return paragraphs.pieces
    }

    private enum Part {
        case line(SetLine)
        case table(PDFTable)

        var box: Location.Box? {
            switch self {
            case .line(let line): line.line.box
            case .table(let table):
                table.rows.dropFirst().reduce(table.rows.first?.box) { $0?.union($1.box) }
            }
        }
    }

    /// Room between lines of a size, in their height.
    private static func rooms(_ column: [Part]) -> [Double] {
        zip(column, column.dropFirst()).compactMap { above, below in
            guard case .line(let above) = above, case .line(let below) = below, above.height > 0,
                abs(below.height / above.height - 1) < 0.1
            else { return nil }
            return (below.line.core.top - above.line.core.bottom) / above.height
        }
    }

    /// The room that most lines have, or a little less: paragraphs of a line each are set wider apart.
    private static func leading(_ rooms: [Double]) -> Double {
        rooms.isEmpty ? 0.3 : min(max(rooms.sorted()[rooms.count / 4], -0.3), 1.5)
    }

    private static func isBelow(_ other: [Part], _ column: [Part]) -> Bool {
        guard let box = other.first?.box, let own = column.last?.box else { return false }
        return box.top > own.bottom - 1 && min(box.right, own.right) > max(box.left, own.left)
    }

    private mutating func take(_ column: [Part], leading: Double, isLowest: Bool) {
        self.leading = leading
        let boxes = column.compactMap(\.box)
        left = boxes.map(\.left).min() ?? 0
        right = boxes.map(\.right).max() ?? 0
        isFirst = true
        let notes = isLowest ? Self.notes(column, body: body, page) : column.count
        for (index, part) in column.enumerated() {
            if index == notes { close() }
            switch part {
            case .table(let table):
                close()
                add(table)
            case .line(let line):
                let next = index + 1 < column.count ? column[index + 1] : nil
                var following: SetLine?
                if case .line(let line) = next { following = line }
                take(line, following, isNote: index >= notes)
            }
        }
        close(isNote: notes < column.count)
    }

    private mutating func take(_ line: SetLine, _ next: SetLine?, isNote: Bool) {
        if let last = lines.last {
            let room = (line.line.core.top - last.line.core.bottom) / max(last.height, 0.01)
            let isApart = room > leading + 0.4
            if isApart || (isNote ? Self.isNote(line.text) : begins(line, behind: last, next)) {
                close(isNote: isNote)
                self.isApart = isApart
            }
        }
        lines.append(line)
    }

    /// The index of the first line of footnotes: small ones at the end of a column, the first of which begins with a mark.
    private static func notes(_ column: [Part], body: Double, _ page: PageText) -> Int {
        var first = column.count
        for index in column.indices.reversed() {
            guard case .line(let line) = column[index], line.height < 0.94 * body,
                line.line.box.top > 0.3 * page.height
            else { break }
            if isNote(line.text) { first = index }
        }
        return first
    }

    /// Whether a line begins with the mark of a footnote.
    private static func isNote(_ text: String) -> Bool {
        guard let first = text.first else { return false }
        if "*†‡§¶∗".contains(first) { return true }
        let digits = text.prefix { $0.isNumber }
        return (1...3).contains(digits.count) && text.count > digits.count + 2
            && text.dropFirst(digits.count).first { !" .)".contains($0) }.map { !$0.isNumber && !"%,:".contains($0) }
                == true
    }

    /// Whether a line begins a paragraph, which stands no further below the last than others.
    private func begins(_ line: SetLine, behind last: SetLine, _ next: SetLine?) -> Bool {
        guard let first = lines.first else { return true }
        let height = max(line.height, 0.01)
        let ends = Self.endsSentence(last.text)
        let word = line.line.words.first?.box.width ?? 0
        let isShort = last.right + word + 0.6 * height < right
        // Typefaces of a size differ in height.
        let change = abs(line.height / max(last.height, 0.01) - 1)
        if change > 0.35 || change > 0.17 && (ends || isShort || line.text.first?.isUppercase == true) { return true }
        if let mark = line.mark, mark.isBullet || ends || first.mark != nil { return true }
        // A larger size is that of titles, which are set in lines of any length.
        if line.height > Self.larger * body { return false }
        if Self.isLed(last.text) { return true }

        if isShort, ends || right - last.right > 0.35 * (right - left), !last.text.hasSuffix("-") { return true }

        let indent = line.left - (lines.count > 1 ? lines[1].left : first.left)
        let isIndented = indent > 0.8 * height
        if lines.count > 1 { return abs(indent) > 0.8 * height && (ends || isIndented == (first.left > lines[1].left)) }
        // The second line: of a paragraph with an indent, of an item or a reference that hangs, or of the next paragraph.
        guard isIndented, first.mark == nil else { return false }
        return ends && (isShort || next.map { $0.left < line.left - 0.8 * height } ?? false)
            || next.map { $0.left < line.left - 0.8 * height } ?? false
    }

    /// How much higher the lines of headings are than those of text, at least.
    private static let larger = 1.13

    private static func endsSentence(_ text: String) -> Bool {
        text.last { !"\"'”’)]»".contains($0) }.map { ".!?:;。！？".contains($0) } ?? true
    }

    /// Whether dots lead to a page's number, as in a table of contents.
    private static func isLed(_ text: String) -> Bool {
        text.last?.isNumber == true && (text.contains(". . .") || text.contains("....") || text.contains("…"))
    }

    private mutating func close(isNote: Bool = false) {
        defer {
            lines = []
            isApart = true
        }
        guard let first = lines.first, let last = lines.last else { return }
        var text = ""
        for line in lines { joiner.append(line.text, to: &text) }
        var box = first.line.box
        for line in lines.dropFirst() { box = box.union(line.line.box) }
        let height = lines.map(\.height).sorted()[lines.count / 2]
        var piece = PagePiece(
            kind: .prose, text: text, marks: [(0, place(box))], page: page.number, height: height)
        piece.isFirst = isFirst
        if first.line.isTurned || isNote {
            piece.isFloating = true
        } else if first.mark?.isBullet != true, let level = level(text, height: height, width: box.right - left) {
            piece.kind = .heading
            piece.level = level
        } else if first.mark != nil || Self.isLed(text) {
            piece.kind = .listItem
            piece.isUnfinished = isUnfinished(last)
        } else {
            piece.isFloating = Self.isCaption(text) || height < 0.94 * body
            piece.isUnfinished = !piece.isFloating && isUnfinished(last)
            piece.isFlush = first.left < left + 0.8 * height
        }
        pieces.append(piece)
        if !piece.isFloating { isFirst = false }
    }

    private func isUnfinished(_ last: SetLine) -> Bool {
        !Self.endsSentence(last.text) && (last.text.hasSuffix("-") || last.right > right - 0.3 * (right - left))
    }

    private mutating func add(_ table: PDFTable) {
        for (index, row) in table.rows.enumerated() {
            var piece = PagePiece(
                kind: index == 0 && table.hasHeader ? .tableHeader : .tableRow,
                text: row.cells.joined(separator: " | "), marks: [(0, place(row.box))], page: page.number, height: body)
            piece.isFloating = true
            pieces.append(piece)
        }
    }

    private func place(_ box: Location.Box) -> Location {
        var location = Location()
        location.page = page.number
        location.pageLabel = page.label
        location.box = box.rounded
        return location
    }

    /// How deep a heading stands, if a piece is one: larger than text, or numbered and alone.
    private func level(_ text: String, height: Double, width: Double) -> Int? {
        guard text.utf8.count <= 200, text.count(where: \.isLetter) >= 3, !Self.isLed(text) else { return nil }
        let ratio = height / max(body, 0.01)
        let words = text.split(separator: " ")
        let depth = words.first.flatMap { Self.depth($0) }
        if ratio > Self.larger, lines.count <= 4, 2 * text.count(where: \.isLetter) > text.count {
            return max(ratio > 1.6 ? 1 : ratio > 1.32 ? 2 : 3, depth ?? 0)
        }
        guard lines.count == 1, isApart, text.utf8.count <= 90, width < 0.9 * (right - left) || right - left < 1,
            let last = text.last, last.isLetter || last.isNumber || ")?".contains(last), ratio > 0.95
        else { return nil }
        if let depth, words.count > 1, words[1].first?.isUppercase == true { return depth + 1 }
        if Self.usual.contains(text.lowercased()) { return 2 }
        let letters = text.filter(\.isLetter)
        return letters.count >= 4 && letters.allSatisfy(\.isUppercase) ? 2 : nil
    }

    /// How many numbers a heading's number has: "2.1" has two.
    private static func depth(_ word: Substring) -> Int? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: true)
        guard (1...5).contains(parts.count), word.utf8.count <= 10,
            parts.dropFirst().allSatisfy({ $0.allSatisfy(\.isNumber) }), let first = parts.first
        else { return nil }
        let isNumber = first.allSatisfy(\.isNumber) && first.count <= 2
        let isLetter = first.count == 1 && first.first?.isUppercase == true && word.contains(".")
        let isRoman = first.allSatisfy { "IVX".contains($0) } && word.hasSuffix(".")
        return isNumber || isLetter || isRoman ? parts.count : nil
    }

    private static let usual: Set<String> = [
        "abstract", "introduction", "conclusion", "conclusions", "references", "bibliography", "acknowledgments",
        "acknowledgements", "discussion", "results", "methods", "contents", "summary", "appendix", "index", "preface",
        "foreword",
    ]

    private static func isCaption(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count > 2, captions.contains(String(words[0])), let end = words[1].last else { return false }
        return ".:".contains(end) && words[1].first.map { $0.isNumber || $0.isUppercase } == true
    }

    private static let captions: Set<String> = [
        "Figure", "Fig.", "Table", "Algorithm", "Listing", "Scheme", "Chart", "Abbildung", "Abb.", "Tabelle", "Tab.",
    ]
}

extension Location.Box {
    /// To a tenth of a point, which nobody can see.
    fileprivate var rounded: Self {
        func tenth(_ value: Double) -> Double { (10 * value).rounded() / 10 }
        return Self(left: tenth(left), top: tenth(top), right: tenth(right), bottom: tenth(bottom))
    }
}
