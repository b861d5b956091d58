import Foundation

/// LaTeX as it reads: paragraphs, headings, items and rows of tables, without commands and comments; mathematics as
/// it is written.
struct LaTeX: BlockParser {
    private var lines = LineSplitter()
    private var blocks = MappedBlocks()
    /// A paragraph, as it is written, and where it begins.
    private var paragraph: [UInt8] = []
    private var start = 0
    /// What ends text that is copied as it is.
    private var rawEnd: [UInt8]?
    private var isRawShown = true
    private var isPreamble = false
    /// The lists that are open: nil has marks, a number has numbers.
    private var lists: [Int?] = []
    private var tables = 0
    private var isFirstRow = false
    private var hasSpace = false
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
        if rawEnd != nil {
            takeRaw(line.text)
        } else if line.isBlank {
            closeParagraph()
        } else {
            if let (name, end) = Self.rawBeginning(line.text), !isPreamble {
                return beginRaw(name, behind: end, line.text)
            }
            if paragraph.isEmpty { start = line.text.startIndex }
            paragraph += line.text
            if paragraph.count > TextBlock.longestStretch { write(0..<paragraph.count, depth: 0) }
        }
    }

    private mutating func closeParagraph() {
        write(0..<paragraph.count, depth: 0)
        hasSpace = false
        if tables == 0, !isPreamble { breakBlock() }
    }

    private mutating func breakBlock(_ kind: TextBlock.Kind = .prose, level: Int = 0) {
        blocks.close("\n\n")
        blocks.begin(kind, level: level)
        hasSpace = false
    }

    // MARK: Text that is copied

    private static let code: Set<String> = ["verbatim", "Verbatim", "lstlisting", "minted", "alltt"]
    private static let mathematics: Set<String> = [
        "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "alignat", "flalign",
    ]

    private static func rawBeginning(_ line: ArraySlice<UInt8>) -> (name: String, end: Int)? {
        let text = line.drop(while: \.isBlank)
        guard text.starts(with: #"\begin{"#.utf8), let end = text.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let name = String(decoding: text[(text.startIndex + 7)..<end], as: UTF8.self)
        let plain = name.hasSuffix("*") ? String(name.dropLast()) : name
        return code.contains(plain) || mathematics.contains(plain) || name == "comment" ? (name, end + 1) : nil
    }

    private mutating func beginRaw(_ name: String, behind end: Int, _ line: ArraySlice<UInt8>) {
        write(0..<paragraph.count, depth: 0)
        rawEnd = Array("\\end{\(name)}".utf8)
        let isCode = Self.code.contains(name.hasSuffix("*") ? String(name.dropLast()) : name)
        isRawShown = name != "comment"
        breakBlock(isCode ? .code : .prose)
        let rest = line[end...]
        // Options stand behind the name: "[language=C]{3}".
        if rest.trimmed.first.map({ "[{".utf8.contains($0) }) != true { takeRaw(rest.drop(while: \.isWhitespace)) }
    }

    private mutating func takeRaw(_ text: ArraySlice<UInt8>) {
        guard let mark = rawEnd else { return }
        let end = text.range(of: mark)
        if isRawShown { blocks.copy(text[..<(end?.lowerBound ?? text.endIndex)], at: text.startIndex) }
        guard let end else { return }
        rawEnd = nil
        breakBlock()
        start = end.upperBound
        paragraph = Array(text[end.upperBound...])
    }

    // MARK: Text that is written

    /// Writes a part of the paragraph; all of it is done with at depth 0.
    private mutating func write(_ range: Range<Int>, depth: Int) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = paragraph[index]
            switch byte {
            case UInt8(ascii: "\\"): index = command(at: index, range.upperBound, depth: depth)
            case UInt8(ascii: "%"):
                // A comment takes the line's end and what the next line is indented by with it.
                index = paragraph[index..<range.upperBound].firstIndex(of: .lineFeed).map { $0 + 1 } ?? range.upperBound
                while index < range.upperBound, paragraph[index].isBlank { index += 1 }
            case UInt8(ascii: "$"): index = mathematics(at: index, range.upperBound)
            case UInt8(ascii: "{"), UInt8(ascii: "}"): index += 1
            case UInt8(ascii: "~"),
                _ where byte.isWhitespace:
                hasSpace = true
                index += 1
            case UInt8(ascii: "&") where tables > 0:
                hasSpace = false
                emit(blocks.text.last == 0x20 ? "| " : " | ", at: index)
                index += 1
            case UInt8(ascii: "-"), UInt8(ascii: "`"), UInt8(ascii: "'"):
                let count = paragraph[index..<range.upperBound].prefix(3).prefix { $0 == byte }.count
                if let sign = Self.ligatures[[UInt8](repeating: byte, count: count)] {
                    emit(sign, at: index)
                } else {
                    copy(index..<index + count)
                }
                index += count
            default:
                let end = paragraph[index..<range.upperBound].firstIndex {
                    $0.isWhitespace || Self.special.contains($0)
                }
                copy(index..<max(end ?? range.upperBound, index + 1))
                index = max(end ?? range.upperBound, index + 1)
            }
        }
        guard depth == 0 else { return }
        paragraph = []
        hasSpace = true
    }

    private static let special = Set("\\%${}~&-`'".utf8)
    private static let ligatures: [[UInt8]: String] = [
        Array("--".utf8): "–", Array("---".utf8): "—", Array("``".utf8): "“", Array("''".utf8): "”",
    ]

    private mutating func copy(_ range: Range<Int>) {
        guard !isPreamble else { return }
        space()
        blocks.copy(paragraph[range], at: start + range.lowerBound)
    }

    private mutating func emit(_ text: String, at index: Int) {
        guard !isPreamble else { return }
        space()
        blocks.write(text, near: start + index)
    }

    private mutating func space() {
        if hasSpace, let last = blocks.text.last, !last.isWhitespace { blocks.write(" ") }
        hasSpace = false
    }

    private mutating func mathematics(at index: Int, _ end: Int) -> Int {
        let isDisplay = index + 1 < end && paragraph[index + 1] == UInt8(ascii: "$")
        var next = index + (isDisplay ? 2 : 1)
        while next < end, paragraph[next] != UInt8(ascii: "$") { next += paragraph[next] == UInt8(ascii: "\\") ? 2 : 1 }
        next = min(end, next + (isDisplay ? 2 : 1))
        copy(index..<next)
        return next
    }

    // MARK: Commands

    /// - Returns: Where the text behind the command goes on.
    private mutating func command(at index: Int, _ end: Int, depth: Int) -> Int {
        let letters = paragraph[(index + 1)..<end].prefix {
            $0.isSmallLetter || $0.isCapitalLetter || $0 == UInt8(ascii: "@")
        }
        guard !letters.isEmpty else { return character(at: index, end) }
        let name = String(decoding: letters, as: UTF8.self)
        var next = letters.endIndex
        if next < end, paragraph[next] == UInt8(ascii: "*") { next += 1 }
        if let level = Self.levels[name] {
            let title = argument(at: &next, end)
            if !isPreamble { heading(title, level: level, depth: depth) }
        } else if let sign = Self.signs[name] {
            // The blank behind a name ends it.
            while next < end, paragraph[next].isBlank { next += 1 }
            emit(sign, at: index)
        } else if let count = Self.dropped[name] {
            for _ in 0..<count { _ = argument(at: &next, end) }
        } else {
            other(name, at: index, &next, end, depth: depth)
        }
        return next
    }

    private mutating func other(_ name: String, at index: Int, _ next: inout Int, _ end: Int, depth: Int) {
        switch name {
        case "documentclass":
            _ = argument(at: &next, end)
            isPreamble = true
        case "title", "author", "date":
            let text = argument(at: &next, end)
            let wasPreamble = isPreamble
            isPreamble = false
            if name == "title" {
                heading(text, level: 1, depth: depth)
            } else {
                inner(text, depth: depth)
                breakBlock()
            }
            isPreamble = wasPreamble
        case "begin", "end":
            environment(string(argument(at: &next, end)), isBeginning: name == "begin", &next, end, depth: depth)
        case "item": item(&next, end, depth: depth)
        case "footnote", "thanks":
            hasSpace = true
            emit("(", at: index)
            inner(argument(at: &next, end), depth: depth)
            emit(")", at: next - 1)
        case "caption":
            breakBlock()
            inner(argument(at: &next, end), depth: depth)
            breakBlock()
        case "cite", "citep", "citet", "parencite", "textcite", "autocite", "ref", "eqref", "cref", "Cref", "autoref",
            "pageref",
            "includegraphics":
            let key = argument(at: &next, end)
            emit("[", at: index)
            copy(key)
            emit("]", at: next - 1)
        case "bibitem":
            let key = argument(at: &next, end)
            breakItem()
            emit("[", at: index)
            copy(key)
            emit("] ", at: next - 1)
        case "href":
            let address = argument(at: &next, end)
            inner(argument(at: &next, end), depth: depth)
            emit(" (\(string(address)))", at: next - 1)
        case "url", "path": copy(argument(at: &next, end))
        case "input", "include", "subfile", "bibliography", "addbibresource":
            let file = string(argument(at: &next, end))
            if missing.count < 20 { missing.append(file) }
        case "par": breakBlock()
        case "quad", "qquad", "newline", "linebreak", "hfill": hasSpace = true
        case "verb":
            guard next < end else { return }
            let close = paragraph[(next + 1)..<end].firstIndex(of: paragraph[next]) ?? end
            copy(next + 1..<close)
            next = min(end, close + 1)
        default:
            // What a command is given is read as text: \emph{so}; options are not.
            var behind = next
            while behind < end, paragraph[behind].isBlank { behind += 1 }
            if behind < end, paragraph[behind] == UInt8(ascii: "["),
                let close = paragraph[behind..<end].firstIndex(of: UInt8(ascii: "]"))
            {
                next = close + 1
            } else if behind > next, behind < end, paragraph[behind] != UInt8(ascii: "{") {
                next = behind
            }
        }
    }

    private mutating func heading(_ title: Range<Int>, level: Int, depth: Int) {
        breakBlock(.heading, level: level)
        inner(title, depth: depth)
        breakBlock()
    }

    private mutating func breakItem() {
        blocks.close("\n")
        blocks.begin(.listItem)
        hasSpace = false
    }

    private mutating func item(_ next: inout Int, _ end: Int, depth: Int) {
        breakItem()
        guard !isPreamble else { return }
        blocks.write(String(repeating: "  ", count: max(0, min(lists.count, 8) - 1)), near: start + next)
        let last = lists.indices.last
        if next < end, paragraph[next] == UInt8(ascii: "["),
            let close = paragraph[next..<end].firstIndex(of: UInt8(ascii: "]"))
        {
            inner(next + 1..<close, depth: depth)
            next = close + 1
        } else if let last, let number = lists[last] {
            lists[last] = number + 1
            blocks.write("\(number).")
        } else {
            blocks.write("-")
        }
        hasSpace = true
    }

    private mutating func environment(_ name: String, isBeginning: Bool, _ next: inout Int, _ end: Int, depth: Int) {
        switch name {
        case "document": isPreamble = false
        case "itemize", "description", "enumerate", "thebibliography":
            if isBeginning {
                if name == "thebibliography" { _ = argument(at: &next, end) }
                if lists.count < 64 { lists.append(name == "enumerate" ? 1 : nil) }
                blocks.close("\n\n")
            } else {
                _ = lists.popLast()
                breakBlock()
            }
        case "tabular", "tabularx", "longtable", "array", "tabular*":
            breakBlock()
            tables = max(0, tables + (isBeginning ? 1 : -1))
            if isBeginning {
                for _ in 0..<(name == "tabularx" || name == "tabular*" ? 2 : 1) { _ = argument(at: &next, end) }
                isFirstRow = true
                blocks.begin(.tableHeader)
            }
        case "abstract" where isBeginning && !isPreamble:
            breakBlock(.heading, level: 3)
            emit("Abstract", at: next)
            breakBlock()
        case "figure", "table", "wrapfigure", "minipage", "frame", "figure*", "table*":
            breakBlock()
            if isBeginning, next < end, "[{".utf8.contains(paragraph[next]) {
                _ = argument(at: &next, end, takesOptions: true)
            }
        default: breakBlock()
        }
    }

    private mutating func inner(_ range: Range<Int>, depth: Int) {
        if depth < 20 { write(range, depth: depth + 1) } else { copy(range) }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: paragraph[range], as: UTF8.self) }

    /// The text between the next braces, behind options in brackets; empty where there is none.
    private func argument(at index: inout Int, _ end: Int, takesOptions: Bool = false) -> Range<Int> {
        var next = index
        while next < end, paragraph[next].isWhitespace { next += 1 }
        if next < end, paragraph[next] == UInt8(ascii: "["),
            let close = paragraph[next..<end].firstIndex(of: UInt8(ascii: "]"))
        {
            next = close + 1
            if takesOptions { index = next }
            while next < end, paragraph[next].isWhitespace { next += 1 }
        }
        guard next < end, paragraph[next] == UInt8(ascii: "{") else { return index..<index }
        var depth = 0
        let first = next + 1
        while next < end {
            switch paragraph[next] {
            case UInt8(ascii: "\\"): next += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            if depth == 0 { break }
            next += 1
        }
        let last = min(next, end)
        index = min(end, last + 1)
        return first..<max(first, last)
    }

    /// A command that is no word: an escaped character, an accent, a line's end, mathematics.
    private mutating func character(at index: Int, _ end: Int) -> Int {
        guard index + 1 < end else { return end }
        let byte = paragraph[index + 1]
        switch byte {
        case UInt8(ascii: "\\"):
            var next = index + 2
            if next < end, paragraph[next] == UInt8(ascii: "["),
                let close = paragraph[next..<end].firstIndex(of: UInt8(ascii: "]"))
            {
                next = close + 1
            }
            if tables > 0 {
                blocks.close("\n")
                blocks.begin(.tableRow)
            }
            hasSpace = true
            return next
        case UInt8(ascii: "["), UInt8(ascii: "("):
            let mark: [UInt8] = [UInt8(ascii: "\\"), byte + (byte == UInt8(ascii: "[") ? 2 : 1)]
            let close = paragraph[index..<end].range(of: mark)?.upperBound ?? end
            copy(index..<close)
            return close
        case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "^"), UInt8(ascii: "\""), UInt8(ascii: "~"),
            UInt8(ascii: "="),
            UInt8(ascii: "."):
            return accent(byte, at: index, end)
        case UInt8(ascii: "-"), UInt8(ascii: "/"): return index + 2
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
            _ where byte.isWhitespace:
            hasSpace = hasSpace || byte != UInt8(ascii: "!")
            return index + 2
        default:
            copy(index + 1..<index + 2)
            return index + 2
        }
    }

    private mutating func accent(_ mark: UInt8, at index: Int, _ end: Int) -> Int {
        let marks: [Character: Unicode.Scalar] = [
            "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}", "=": "\u{304}",
            ".": "\u{307}",
        ]
        var next = index + 2
        let braces = next < end && paragraph[next] == UInt8(ascii: "{")
        if braces { next += 1 }
        if next < end, paragraph[next] == UInt8(ascii: "\\") { next += 1 }
        guard next < end, paragraph[next].isSmallLetter || paragraph[next].isCapitalLetter,
            let accent = marks[Character(Unicode.Scalar(mark))]
        else { return index + 2 }
        var text = String(Character(Unicode.Scalar(paragraph[next])))
        text.unicodeScalars.append(accent)
        emit(text.precomposedStringWithCanonicalMapping, at: index)
        return next + (braces && next + 1 < end && paragraph[next + 1] == UInt8(ascii: "}") ? 2 : 1)
    }

    private static let levels = [
        "part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6, "subparagraph": 7,
    ]

    private static let signs = [
        "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "ss": "ß", "ae": "æ", "AE": "Æ",
        "oe": "œ",
        "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "i", "S": "§", "P": "¶",
        "copyright": "©",
        "pounds": "£", "euro": "€", "textasciitilde": "~", "textbackslash": "\\", "textendash": "–", "textemdash": "—",
        "textquotedblleft": "“", "textquotedblright": "”", "today": "today", "textbar": "|", "textless": "<",
        "textgreater": ">",
    ]

    /// Commands that set how text looks, with the number of what they are given.
    private static let dropped = [
        "label": 1, "vspace": 1, "hspace": 1, "usepackage": 1, "RequirePackage": 1, "bibliographystyle": 1,
        "pagestyle": 1,
        "thispagestyle": 1, "setlength": 2, "addtolength": 2, "setcounter": 2, "addcontentsline": 3, "newcommand": 2,
        "renewcommand": 2, "providecommand": 2, "newenvironment": 3, "newtheorem": 2, "color": 1, "hypersetup": 1,
        "geometry": 1,
        "definecolor": 3, "pagenumbering": 1, "graphicspath": 1, "lstset": 1, "hline": 0, "toprule": 0, "midrule": 0,
        "bottomrule": 0, "cline": 1, "cmidrule": 1, "fontsize": 2, "selectfont": 0, "input@path": 1, "cellcolor": 1,
        "rowcolor": 1,
    ]

    /// Whether a text is LaTeX.
    static func isOne(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        let text = String(decoding: head, as: UTF8.self)
        if text.contains("\\documentclass") || text.contains("\\begin{document}") {
            return head.drop(while: \.isWhitespace).first.map { "\\%".utf8.contains($0) } == true
        }
        return [".tex", ".latex", ".ltx"].contains(where: name.lowercased().hasSuffix)
    }
}

extension ArraySlice<UInt8> {
    /// Where a text stands in it first.
    func range(of text: [UInt8]) -> Range<Int>? {
        guard let first = text.first, count >= text.count else { return nil }
        var index = startIndex
        while let found = self[index...].firstIndex(of: first) {
            if self[found...].starts(with: text) { return found..<found + text.count }
            index = found + 1
        }
        return nil
    }
}
