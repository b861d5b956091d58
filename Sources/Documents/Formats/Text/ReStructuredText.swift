/// reStructuredText as it reads: headings by the lines drawn under them, directives without their marks, rows of
/// tables.
struct ReStructuredText: BlockParser {
    private var lines = LineSplitter()
    private var blocks = MappedBlocks()
    /// The lines up to the next blank one.
    private var paragraph: [Line] = []
    private var paragraphCount = 0
    /// What headings are drawn with, by level.
    private var styles: [[UInt8]] = []
    /// How far what introduces code is indented: lines that are indented further are code.
    private var codeIndentation: Int?
    private var isInComment = false
    private var missing: [String] = []

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        for line in lines.push(text) { take(line) }
        return blocks.take()
    }

    mutating func finish() -> [TextBlock] {
        for line in lines.finish() { take(line) }
        closeParagraph()
        blocks.close("\n\n")
        return blocks.take()
    }

    mutating func takeOmissions() -> [Omission] {
        defer { missing = [] }
        return missing.map {
            Omission(.note, "", reason: "it takes in the file '\($0)', which is read only if it is given too")
        }
    }

    private mutating func take(_ line: Line) {
        if let indentation = codeIndentation, paragraph.isEmpty {
            if line.isBlank || line.indentation > indentation {
                if blocks.isOpen || !line.isBlank { blocks.copy(line.text, at: line.text.startIndex) }
                return
            }
            codeIndentation = nil
            breakBlock(.prose)
        }
        if isInComment {
            if line.isBlank || line.indentation > 0 { return }
            isInComment = false
        }
        if line.isBlank {
            closeParagraph()
            return
        }
        paragraph.append(line)
        paragraphCount += line.text.count
        if paragraphCount > TextBlock.longestStretch { closeParagraph() }
    }

    private mutating func breakBlock(_ kind: TextBlock.Kind, level: Int = 0, _ ending: String = "\n\n") {
        blocks.close(ending)
        blocks.begin(kind, level: level)
    }

    private mutating func closeParagraph() {
        let found = paragraph[...]
        paragraph = []
        paragraphCount = 0
        if !found.isEmpty { write(found) }
    }

    private mutating func write(_ lines: ArraySlice<Line>) {
        var rest = lines
        while let first = rest.first {
            let text = first.trimmed
            if let title = heading(rest) {
                rest = rest.dropFirst(title)
            } else if rest.count == lines.count, Self.isGrid(text) {
                gridTable(rest)
                return
            } else if Self.columns(first) != nil, rest.count > 2 || rest.count == lines.count {
                simpleTable(rest)
                return
            } else if text.starts(with: "..".utf8), text.dropFirst(2).first?.isBlank != false {
                let body = directive(first, hasBody: rest.count > 1)
                rest = body ? rest.dropFirst() : []
            } else if let mark = Self.item(text) {
                let end =
                    rest.dropFirst().firstIndex { Self.item($0.trimmed) != nil || $0.indentation < first.indentation }
                    ?? rest.endIndex
                breakBlock(.listItem, "\n")
                blocks.copy(text.prefix(mark), at: text.startIndex)
                inline(rest[rest.startIndex..<end], from: text.startIndex + mark)
                rest = rest[end...]
            } else if let end = Self.field(text) {
                breakBlock(.record, "\n")
                blocks.copy(text[(text.startIndex + 1)..<end], at: text.startIndex + 1)
                blocks.write(": ")
                let next = rest.dropFirst().firstIndex { $0.indentation <= first.indentation } ?? rest.endIndex
                inline(rest[rest.startIndex..<next], from: text[(end + 1)...].drop(while: \.isWhitespace).startIndex)
                rest = rest[next...]
            } else {
                prose(rest)
                return
            }
        }
    }

    private mutating func prose(_ lines: ArraySlice<Line>) {
        // A heading may stand behind other lines without a blank one, but not in the middle of a sentence.
        breakBlock(.prose)
        guard let last = lines.last, last.trimmed.suffix(2).elementsEqual("::".utf8) else {
            inline(lines, from: lines.first?.trimmed.startIndex ?? 0)
            return
        }
        if !last.trimmed.elementsEqual("::".utf8) || lines.count > 1 {
            inline(lines, from: lines.first?.trimmed.startIndex ?? 0, isColonDropped: true)
        }
        codeIndentation = lines.first?.indentation
        breakBlock(.code)
    }

    // MARK: Headings

    private static func rule(_ line: Line?) -> UInt8? {
        guard let line, let mark = line.trimmed.first, line.trimmed.count > 2, line.indentation == 0,
            (0x21...0x7E).contains(mark), !mark.isLetter, !mark.isDigit, line.trimmed.allSatisfy({ $0 == mark })
        else { return nil }
        return mark
    }

    /// - Returns: How many lines are a heading, which is written.
    private mutating func heading(_ lines: ArraySlice<Line>) -> Int? {
        let first = lines.startIndex
        guard lines.count > 1 else {
            // A line between paragraphs is no text.
            return Self.rule(lines.first).map { _ in 1 }
        }
        let isOver = Self.rule(lines[first]) != nil
        guard !isOver || lines.count > 2, let mark = Self.rule(lines[first + (isOver ? 2 : 1)]) else { return nil }
        let title = lines[first + (isOver ? 1 : 0)].trimmed
        guard !title.isEmpty, title.count <= 3 * lines[first + (isOver ? 2 : 1)].trimmed.count + 3 else { return nil }
        let style = isOver ? [mark, mark] : [mark]
        if !styles.contains(style) { styles.append(style) }
        breakBlock(.heading, level: (styles.firstIndex(of: style) ?? 0) + 1)
        inline(title)
        breakBlock(.prose)
        return isOver ? 3 : 2
    }

    // MARK: Directives and lists

    private static let code: Set<String> = [
        "code-block", "code", "sourcecode", "literalinclude", "parsed-literal", "math", "highlight", "raw",
    ]

    /// - Returns: Whether the lines behind it are text.
    private mutating func directive(_ line: Line, hasBody: Bool) -> Bool {
        let text = line.trimmed.dropFirst(2).drop(while: \.isBlank)
        guard let colons = text.range(of: Array("::".utf8)),
            text[..<colons.lowerBound].allSatisfy({ !$0.isWhitespace || text.first == UInt8(ascii: "|") })
        else {
            // ".. _target:", or a comment; a footnote is text.
            if text.first == UInt8(ascii: "[") {
                breakBlock(.prose)
                inline(text)
                return true
            }
            isInComment = text.first != UInt8(ascii: "_")
            return !isInComment
        }
        let name = String(decoding: text[..<colons.lowerBound], as: UTF8.self).lowercased()
        let argument = text[colons.upperBound...].trimmed
        switch name {
        case "include", "literalinclude":
            if missing.count < 20 { missing.append(String(decoding: argument, as: UTF8.self)) }
        case _ where Self.code.contains(name):
            breakBlock(.code)
            codeIndentation = line.indentation
            if name == "math" { blocks.copy(argument, at: argument.startIndex) }
            return true
        default:
            breakBlock(.prose)
            // "note" -> "Note: …"; what it is given is text.
            if let first = text.first, first.isSmallLetter, name.allSatisfy({ $0.isLetter }) {
                blocks.write([first - 0x20], near: text.startIndex)
                blocks.copy(text[(text.startIndex + 1)..<colons.lowerBound], at: text.startIndex + 1)
                blocks.write(": ")
            }
            inline(argument)
        }
        return true
    }

    /// Bytes of the mark of an item of a list, the blank behind it included.
    private static func item(_ text: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first else { return nil }
        if "-*+".utf8.contains(first) { return text.dropFirst().first?.isBlank == true ? 2 : nil }
        if text.starts(with: "#. ".utf8) { return 3 }
        let digits = text.prefix(while: \.isDigit).count
        let mark = text.dropFirst(digits)
        return (1...3).contains(digits) && mark.first.map { ".)".utf8.contains($0) } == true
            && mark.dropFirst().first?.isBlank == true
            ? digits + 2 : nil
    }

    /// Where the name of a field ends: `:name: value`.
    private static func field(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.first == UInt8(ascii: ":"), let end = text.dropFirst().prefix(60).firstIndex(of: UInt8(ascii: ":")),
            end > text.startIndex + 1,
            text[(end + 1)...].first?.isWhitespace != false
        else { return nil }
        return end
    }

    // MARK: Tables

    private static func isGrid(_ text: ArraySlice<UInt8>) -> Bool {
        text.count > 4 && text.starts(with: "+-".utf8) && text.allSatisfy { "+-=".utf8.contains($0) }
    }

    private mutating func gridTable(_ lines: ArraySlice<Line>) {
        var cells: [[ArraySlice<UInt8>]] = []
        var hasHeader = lines.contains { $0.trimmed.starts(with: "+=".utf8) }
        for line in lines {
            let text = line.trimmed
            guard text.first == UInt8(ascii: "|") else {
                if !cells.isEmpty { row(cells, isHeader: hasHeader) }
                if text.starts(with: "+=".utf8) { hasHeader = false }
                cells = []
                continue
            }
            for (column, cell) in text.dropFirst().dropLast().split(
                separator: UInt8(ascii: "|"), omittingEmptySubsequences: false
            ).enumerated() {
                if column == cells.count { cells.append([]) }
                cells[column].append(cell.trimmed)
            }
        }
        if !cells.isEmpty { row(cells, isHeader: false) }
        breakBlock(.prose)
    }

    /// Where the columns of a table begin: `=====  ===`.
    private static func columns(_ line: Line) -> [Int]? {
        let text = line.trimmed
        guard text.first == UInt8(ascii: "="), text.contains(0x20),
            text.allSatisfy({ $0 == UInt8(ascii: "=") || $0 == 0x20 })
        else {
            return nil
        }
        return text.indices.filter { text[$0] != 0x20 && ($0 == text.startIndex || text[$0 - 1] == 0x20) }.map {
            $0 - line.text.startIndex
        }
    }

    private mutating func simpleTable(_ lines: ArraySlice<Line>) {
        guard let first = lines.first, let columns = Self.columns(first) else { return }
        var hasHeader = lines.count { Self.columns($0) != nil } > 2
        for line in lines.dropFirst() {
            if Self.columns(line) != nil {
                hasHeader = false
                continue
            }
            var cells: [[ArraySlice<UInt8>]] = []
            for (column, start) in columns.enumerated() {
                let from = Self.index(ofColumn: start, in: line.text)
                let end =
                    column + 1 < columns.count
                    ? Self.index(ofColumn: columns[column + 1], in: line.text) : line.text.endIndex
                cells.append([line.text[from..<max(from, end)].trimmed])
            }
            row(cells, isHeader: hasHeader)
        }
        breakBlock(.prose)
    }

    /// Columns are counted in characters.
    private static func index(ofColumn column: Int, in text: ArraySlice<UInt8>) -> Int {
        var left = column
        for index in text.indices where text[index] & 0xC0 != 0x80 {
            if left == 0 { return index }
            left -= 1
        }
        return text.endIndex
    }

    private mutating func row(_ cells: [[ArraySlice<UInt8>]], isHeader: Bool) {
        breakBlock(isHeader ? .tableHeader : .tableRow, "\n")
        for (column, parts) in cells.enumerated() {
            if column > 0 { blocks.write(" | ") }
            for (index, part) in parts.filter({ !$0.isEmpty }).enumerated() {
                if index > 0 { blocks.write(" ") }
                inline(part)
            }
        }
    }

    // MARK: Text

    /// Writes lines as one text.
    private mutating func inline(_ lines: ArraySlice<Line>, from start: Int, isColonDropped: Bool = false) {
        for (number, line) in lines.enumerated() {
            var text = line.trimmed
            if number == 0 { text = text[min(max(start, text.startIndex), text.endIndex)...] }
            if isColonDropped, number == lines.count - 1 { text = text.dropLast() }
            if blocks.text.last?.isWhitespace == false { blocks.write(" ") }
            inline(text)
        }
    }

    /// Writes a line without the marks of emphasis, roles and links.
    private mutating func inline(_ text: ArraySlice<UInt8>) {
        var rest = text
        let tick = UInt8(ascii: "`")
        while let mark = rest.firstIndex(where: { "`*:\\".utf8.contains($0) }) {
            blocks.copy(rest[..<mark], at: rest.startIndex)
            rest = rest[mark...]
            let byte = rest[mark]
            if byte == UInt8(ascii: "\\") {
                rest = rest.dropFirst()
                if let next = rest.first {
                    if !next.isBlank { blocks.copy([next], at: rest.startIndex) }
                    rest = rest.dropFirst()
                }
            } else if byte == UInt8(ascii: ":"), let role = Self.role(rest) {
                rest = rest.dropFirst(role)
            } else if byte == tick {
                let count = rest.starts(with: "``".utf8) ? 2 : 1
                let behind = rest.dropFirst(count)
                guard let end = behind.range(of: [UInt8](repeating: tick, count: count)) else {
                    blocks.copy(rest.prefix(count), at: mark)
                    rest = behind
                    continue
                }
                count == 2
                    ? blocks.copy(behind[..<end.lowerBound], at: behind.startIndex) : link(behind[..<end.lowerBound])
                rest = behind[end.upperBound...]
                if count == 1 { rest = rest.drop { $0 == UInt8(ascii: "_") } }
            } else if byte == UInt8(ascii: "*") {
                // A star between blanks is a star.
                let stars = rest.prefix { $0 == byte }.count
                let before = mark > text.startIndex ? text[mark - 1] : 0x20
                let after = rest.dropFirst(stars).first ?? 0x20
                if before.isWhitespace && after.isWhitespace { blocks.copy(rest.prefix(stars), at: mark) }
                rest = rest.dropFirst(stars)
            } else {
                blocks.copy(rest.prefix(1), at: mark)
                rest = rest.dropFirst()
            }
        }
        blocks.copy(rest, at: rest.startIndex)
    }

    /// Bytes of a role before a text: ":ref:`".
    private static func role(_ text: ArraySlice<UInt8>) -> Int? {
        guard
            let end = text.dropFirst().prefix(40).firstIndex(where: {
                !$0.isLetter && !"-+.:".utf8.contains($0) || $0 == UInt8(ascii: "`")
            }),
            text[end] == UInt8(ascii: "`"), text[end - 1] == UInt8(ascii: ":"), end - text.startIndex > 2
        else { return nil }
        return end - text.startIndex
    }

    /// What stands between single ticks: a text, with or without what it leads to.
    private mutating func link(_ text: ArraySlice<UInt8>) {
        guard text.last == UInt8(ascii: ">"), let open = text.lastIndex(of: UInt8(ascii: "<")) else {
            let name = text.drop { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "!") }
            return blocks.copy(name, at: name.startIndex)
        }
        let title = text[..<open].trimmed
        let target = text[(open + 1)...].dropLast()
        blocks.copy(title, at: title.startIndex)
        guard target.contains(UInt8(ascii: "/")) else { return }
        if !title.isEmpty { blocks.write(" (", near: target.startIndex) }
        blocks.copy(target, at: target.startIndex)
        if !title.isEmpty { blocks.write(")") }
    }

    /// Whether a text is reStructuredText: by its directives and roles, or its name.
    static func isOne(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        if [".rst", ".rest"].contains(where: name.lowercased().hasSuffix) { return true }
        guard !name.lowercased().hasSuffix(".md") else { return false }
        let lines = head.split(separator: .lineFeed)
        return lines.count { $0.starts(with: ".. ".utf8) && $0.range(of: Array("::".utf8)) != nil } > 1
    }
}
