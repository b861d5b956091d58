/// The text of a Word document.
final class WordContent: PartContent {
    private struct Paragraph {
        var text = FlowingText()
        var style: String?
        var outline: Int?
        var list: String?
        var level: Int?
        var notes: [[UInt8]] = []
        /// Of the text boxes in it, which stand behind it.
        var boxes: [Paragraph] = []
    }

    private let styles: WordStyles
    private let numbering: WordNumbering
    private let footnotes: WordNotes
    private let endnotes: WordNotes
    private var output = OfficeText()
    /// Paragraphs in one another: text boxes stand in paragraphs.
    private var paragraphs: [Paragraph] = []
    private var skipped = 0
    private var properties = 0
    private var isText = false
    private var footnoteCount = 0
    private var endnoteCount = 0

    init(styles: WordStyles, numbering: WordNumbering, footnotes: WordNotes, endnotes: WordNotes) {
        self.styles = styles
        self.numbering = numbering
        self.footnotes = footnotes
        self.endnotes = endnotes
    }

    func take() -> [TextBlock] { output.take() }

    func finish() -> [TextBlock] {
        while !paragraphs.isEmpty { endParagraph() }
        return output.finish()
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        // What was deleted while changes were tracked, and what older programs read in place of the newer part beside it.
        if skipped > 0 || ["del", "moveFrom", "Fallback"].contains(name) {
            skipped += 1
            return
        }
        switch name {
        case "p": paragraphs.append(Paragraph())
        case "pPr": properties += 1
        case "t": isText = true
        case "tbl": if paragraphs.isEmpty { output.beginTable() }
        case "tr": if paragraphs.isEmpty { output.beginRow() }
        case "tblHeader": if attributes.isSet("val") != false { output.markHeader() }
        default:
            guard let last = paragraphs.indices.last else { return }
            if properties > 0 {
                readProperty(name, attributes, of: &paragraphs[last])
            } else {
                readMark(name, attributes, into: &paragraphs[last])
            }
        }
    }

    private func readProperty(_ name: String, _ attributes: XMLAttributes, of paragraph: inout Paragraph) {
        switch name {
        case "pStyle": paragraph.style = attributes["val"]
        case "outlineLvl": paragraph.outline = attributes.number("val")
        case "numId": paragraph.list = attributes["val"]
        case "ilvl": paragraph.level = attributes.number("val")
        default: break
        }
    }

    private func readMark(_ name: String, _ attributes: XMLAttributes, into paragraph: inout Paragraph) {
        switch name {
        case "tab": paragraph.text.breakWord()
        case "br", "cr":
            if attributes["type"] == nil || attributes["type"] == "textWrapping" { paragraph.text.breakLine() }
        case "noBreakHyphen": paragraph.text.append("-")
        case "footnoteReference":
            guard let note = attributes["id"].flatMap({ footnotes.notes[$0] }) else { return }
            footnoteCount += 1
            add(note, mark: "\(footnoteCount)", to: &paragraph)
        case "endnoteReference":
            guard let note = attributes["id"].flatMap({ endnotes.notes[$0] }) else { return }
            endnoteCount += 1
            add(note, mark: ListNumber.text(endnoteCount, format: "i"), to: &paragraph)
        default: break
        }
    }

    /// A note stands behind its paragraph, with the mark that refers to it.
    private func add(_ note: [UInt8], mark: String, to paragraph: inout Paragraph) {
        paragraph.text.append("[\(mark)]")
        paragraph.notes.append(Array("[\(mark)] ".utf8) + note)
    }

    func close(_ name: String) {
        guard skipped == 0 else {
            skipped -= 1
            return
        }
        switch name {
        case "p": endParagraph()
        case "pPr": properties = max(0, properties - 1)
        case "t": isText = false
        case "tc": if paragraphs.isEmpty { output.endCell() }
        case "tr": if paragraphs.isEmpty { output.endRow() }
        case "tbl": if paragraphs.isEmpty { output.endTable() }
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
        if isText, skipped == 0, let last = paragraphs.indices.last { paragraphs[last].text.append(text) }
    }

    private func endParagraph() {
        guard let paragraph = paragraphs.popLast() else { return }
        if let outer = paragraphs.indices.last {
            paragraphs[outer].boxes += [paragraph] + paragraph.boxes
        } else {
            for var paragraph in [paragraph] + paragraph.boxes { give(&paragraph) }
        }
    }

    private func give(_ paragraph: inout Paragraph) {
        let text = paragraph.text.take().bytes
        if !text.isEmpty {
            let (style, mark) = style(of: paragraph)
            output.paragraph(mark + text, style)
        }
        for note in paragraph.notes { output.paragraph(note, .body) }
    }

    private func style(of paragraph: Paragraph) -> (OfficeText.Style, mark: [UInt8]) {
        let listOfStyle = paragraph.style.flatMap { styles.list($0) }
        // Number 0 takes a paragraph out of the list of its style.
        let list = (paragraph.list ?? listOfStyle?.number).flatMap { $0 == "0" ? nil : $0 }
        let level = min(max(paragraph.level ?? listOfStyle?.level ?? 0, 0), 8)
        let own = paragraph.outline.flatMap { (0..<9).contains($0) ? $0 + 1 : nil }
        if let heading = own ?? paragraph.style.flatMap({ styles.headingLevel($0) }), !output.isInTable {
            let mark = list.map { numbering.mark(list: $0, level: level, isHeading: true) } ?? ""
            return (.heading(heading), Array(mark.utf8))
        }
        guard let list, !output.isInTable else { return (.body, []) }
        return (.item(mark: numbering.mark(list: list, level: level, isHeading: false), level: level), [])
    }
}
