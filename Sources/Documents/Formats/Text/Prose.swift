/// Plain text and Markdown (CommonMark 0.31): paragraphs, which end at blank lines, headings, lists, tables with
/// bars, and code between fences or, in Markdown, behind four blanks.
struct Prose: LineParser {
    var lines = LineSplitter()
    var blocks = LineBlocks()
    private let isMarkdown: Bool
    /// The lines of a paragraph, as long as they may turn out to be a heading or a table's header.
    private var paragraph: [Line] = []
    private var paragraphCount = 0
    /// What goes on until a line that ends it, whatever stands in it.
    private var enclosure: Enclosure?
    private var isBehindBlankLine = true
    private var isInTable = false
    /// The block that was begun last.
    private var last = TextBlock.Kind.heading
    private var lineNumber = 0

    private enum Enclosure {
        case fence(mark: UInt8, count: Int)
        case comment
        /// Facts about the document, in YAML, before it.
        case frontMatter
    }

    init(isMarkdown: Bool) { self.isMarkdown = isMarkdown }

    mutating func take(_ line: Line) {
        lineNumber += 1
        if line.isContinuation {
            paragraph.isEmpty ? blocks.add(line) : hold(line)
        } else if enclosure != nil {
            takeEnclosed(line)
        } else if line.isBlank {
            closeParagraph(isAlone: true)
            blocks.add(line)
            isInTable = false
            isBehindBlankLine = true
        } else {
            takeText(line)
            isBehindBlankLine = false
        }
    }

    mutating func end() { closeParagraph(isAlone: true) }

    private mutating func begin(_ kind: TextBlock.Kind, level: Int = 0, _ line: Line) {
        closeParagraph(isAlone: false)
        blocks.begin(kind, level: level)
        blocks.add(line)
        last = kind
        isInTable = kind == .tableHeader
    }

    private mutating func takeText(_ line: Line) {
        if opensEnclosure(line) { return }
        let text = line.trimmed
        if let level = MarkdownLine.headingLevel(text), !isMarkdown || line.indentation < 4 {
            begin(.heading, level: level, line)
        } else if let level = underlined(by: text) {
            let title = paragraph
            paragraph = []
            blocks.begin(.heading, level: level)
            for line in title + [line] { blocks.add(line) }
            last = .heading
        } else if isMarkdown, paragraph.isEmpty, line.indentation >= 4, isBehindBlankLine, last != .listItem {
            if last == .code { blocks.add(line) } else { begin(.code, line) }
        } else if last == .code, isMarkdown, paragraph.isEmpty, line.indentation >= 4 {
            blocks.add(line)
        } else if MarkdownLine.isTableRule(text), let header = paragraph.last, header.text.contains(UInt8(ascii: "|")) {
            paragraph.removeLast()
            begin(.tableHeader, header)
            blocks.add(line)
        } else if isInTable, text.contains(UInt8(ascii: "|")) {
            blocks.begin(.tableRow)
            blocks.add(line)
            last = .tableRow
        } else if isItem(text) {
            begin(.listItem, line)
        } else if last == .listItem, paragraph.isEmpty, !isBehindBlankLine || isMarkdown && line.indentation >= 2 {
            blocks.add(line)
        } else {
            isInTable = false
            hold(line)
        }
    }

    /// Keeps the line of a paragraph; one that is too long to be anything else is prose.
    private mutating func hold(_ line: Line) {
        if paragraph.isEmpty, last == .prose, !isBehindBlankLine {
            blocks.add(line)
            return
        }
        paragraph.append(line)
        paragraphCount += line.text.count
        if paragraphCount > TextBlock.longestStretch / 2 { closeParagraph(isAlone: false) }
    }

    /// - Parameter isAlone: Whether a blank line or the end follows.
    private mutating func closeParagraph(isAlone: Bool) {
        guard !paragraph.isEmpty else { return }
        let level = isAlone && !isMarkdown ? PlainHeading.level(of: paragraph) : nil
        last = level == nil ? .prose : .heading
        blocks.begin(last, level: level ?? 0)
        for line in paragraph { blocks.add(line) }
        paragraph = []
        paragraphCount = 0
    }

    private mutating func takeEnclosed(_ line: Line) {
        if case .frontMatter = enclosure, lineNumber == 2 ? !line.text.contains(UInt8(ascii: ":")) : lineNumber > 200 {
            // No facts, but a line drawn above the text.
            enclosure = nil
            lineNumber -= 1
            take(line)
            return
        }
        blocks.add(line)
        let isEnd =
            switch enclosure {
            case .fence(let mark, let count):
                line.trimmed.count >= count && line.trimmed.allSatisfy { $0 == mark } && line.indentation < 4
            case .comment: String(decoding: line.text, as: UTF8.self).contains("-->")
            case .frontMatter: [Array("---".utf8), Array("...".utf8)].contains(Array(line.trimmed))
            case nil: true
            }
        guard isEnd else { return }
        enclosure = nil
        isBehindBlankLine = true
    }

    private mutating func opensEnclosure(_ line: Line) -> Bool {
        let text = line.trimmed
        if let fence = MarkdownLine.fence(text), isMarkdown || fence.mark == UInt8(ascii: "`") {
            begin(.code, line)
            enclosure = .fence(mark: fence.mark, count: fence.count)
        } else if isMarkdown, text.starts(with: "<!--".utf8) {
            begin(.prose, line)
            if !String(decoding: text, as: UTF8.self).contains("-->") { enclosure = .comment }
        } else if isMarkdown, lineNumber == 1, text.elementsEqual("---".utf8) {
            begin(.record, line)
            enclosure = .frontMatter
        } else {
            return false
        }
        return true
    }

    /// The level of the heading that the paragraph is if a line of `=` or `-` stands under it.
    private func underlined(by text: ArraySlice<UInt8>) -> Int? {
        guard let first = paragraph.first, paragraph.count <= (isMarkdown ? 3 : 1), text.count >= 3,
            let mark = text.first,
            mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"), text.allSatisfy({ $0 == mark }),
            paragraphCount <= PlainHeading.longest * paragraph.count, first.text.contains(where: \.isLetter)
        else { return nil }
        return mark == UInt8(ascii: "=") ? 1 : 2
    }

    /// Whether a line begins an item of a list. A number may as well begin a line of wrapped prose, or a year: so it
    /// begins a list only where a paragraph would begin, and in plain text as number one.
    private func isItem(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, !MarkdownLine.isBreak(text) else { return false }
        if "-*+".utf8.contains(first) { return text.dropFirst().first?.isBlank == true }
        if text.starts(with: "•".utf8) { return true }
        guard let number = MarkdownLine.itemNumber(text) else { return false }
        return last == .listItem && paragraph.isEmpty
            || paragraph.isEmpty && (isBehindBlankLine || last == .heading)
                && (isMarkdown || number == 1)
    }

    /// Whether a text has what Markdown has and plain text has not, or is named so.
    static func isMarkdown(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        let name = name.lowercased()
        if [".md", ".markdown", ".mkd", ".mdx", ".rmd", ".qmd"].contains(where: name.hasSuffix) { return true }
        let lines = head.split(separator: .lineFeed).map(\.trimmed)
        let headings = lines.count { MarkdownLine.headingLevel($0) != nil }
        let fences = lines.count { MarkdownLine.fence($0) != nil }
        let links = String(decoding: head, as: UTF8.self).ranges(of: "](").count
        return headings > 1 && (fences > 1 || links > 1) || fences > 3
    }
}
