/// The text of an OpenDocument text (.odt) or presentation (.odp).
final class OpenDocumentText: PartContent {
    private struct Paragraph {
        var text = FlowingText()
        var heading: Int?
        var notes: [[UInt8]] = []
    }

    private struct List {
        let style: String?
        var count = 0
        /// Whether the item's mark is still to be put before its text.
        var isNew = false
    }

    private var output = OfficeText()
    private var paragraphs: [Paragraph] = []
    private var lists: [List] = []
    private var notes: [(mark: FlowingText, text: FlowingText)] = []
    private var isCitation = false
    private var isTitle = false
    private var skipped = 0
    private var page = 0
    private var styles = OpenDocumentLists()

    func take() -> [TextBlock] { output.take() }

    func finish() -> [TextBlock] {
        while !paragraphs.isEmpty { endParagraph() }
        return output.finish()
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 || Self.leftOut.contains(name) {
            skipped += 1
            return
        }
        switch name {
        case "p", "h":
            var paragraph = Paragraph()
            if name == "h" { paragraph.heading = min(max(attributes.number("outline-level") ?? 1, 1), 10) }
            if isTitle { paragraph.heading = 1 }
            paragraphs.append(paragraph)
        case "s", "tab": paragraphs.indices.last.map { paragraphs[$0].text.breakWord() }
        case "line-break": paragraphs.indices.last.map { paragraphs[$0].text.breakLine() }
        case "list": lists.append(List(style: attributes["style-name"] ?? lists.last?.style))
        case "list-item":
            guard let last = lists.indices.last else { return }
            lists[last].count =
                attributes.number("start-value").map { min(max($0, 0), 1 << 30) } ?? lists[last].count + 1
            lists[last].isNew = true
        case "note": notes.append((FlowingText(), FlowingText()))
        case "note-citation": isCitation = true
        case "table": if paragraphs.isEmpty { output.beginTable() }
        case "table-row": if paragraphs.isEmpty { output.beginRow() }
        case "table-header-rows": isHeader = true
        case "page":
            page += 1
            output.page = page
        case "frame": isTitle = attributes["class"] == "title"
        default: styles.open(name, attributes)
        }
    }

    func close(_ name: String) {
        guard skipped == 0 else {
            skipped -= 1
            return
        }
        switch name {
        case "p", "h": endParagraph()
        case "list": _ = lists.popLast()
        case "note-citation": isCitation = false
        case "note": endNote()
        case "table-cell", "covered-table-cell": if paragraphs.isEmpty { output.endCell() }
        case "table-row":
            guard paragraphs.isEmpty else { return }
            if isHeader { output.markHeader() }
            output.endRow()
        case "table-header-rows": isHeader = false
        case "table": if paragraphs.isEmpty { output.endTable() }
        case "frame": isTitle = false
        default: styles.close(name)
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
        guard skipped == 0 else { return }
        if isCitation, let last = notes.indices.last {
            notes[last].mark.append(text)
        } else if let last = paragraphs.indices.last {
            paragraphs[last].text.append(text)
        }
    }

    private var isHeader = false

    /// A note stands behind the paragraph that refers to it.
    private func endNote() {
        guard var note = notes.popLast(), let last = paragraphs.indices.last else { return }
        let mark = Array("[".utf8) + note.mark.take().bytes + Array("]".utf8)
        paragraphs[last].text.append(mark)
        paragraphs[last].notes.append(mark + [0x20] + note.text.take().bytes)
    }

    private func endParagraph() {
        guard var paragraph = paragraphs.popLast() else { return }
        let text = paragraph.text.take().bytes
        if let note = notes.indices.last {
            notes[note].text.breakWord()
            notes[note].text.append(text)
            return
        }
        if !text.isEmpty { output.paragraph(text, style(of: paragraph)) }
        for note in paragraph.notes { output.paragraph(note, .body) }
    }

    private func style(of paragraph: Paragraph) -> OfficeText.Style {
        if let heading = paragraph.heading { return .heading(heading) }
        guard let last = lists.indices.last, lists[last].count > 0, !output.isInTable else { return .body }
        let mark = lists[last].isNew ? styles.mark(lists[last].style, level: lists.count, lists[last].count) : "  "
        lists[last].isNew = false
        return .item(mark: mark, level: lists.count - 1)
    }

    /// What was deleted while changes were tracked, comments, what describes pictures, and what makes them.
    private static let leftOut: Set<String> = [
        "tracked-changes", "annotation", "forms", "scripts", "title", "desc", "event-listeners", "object",
    ]
}
