/// A slide of a presentation, or the notes to it.
final class SlideContent: PartContent {
    private let isNotes: Bool
    private var output = OfficeText()
    private var text = FlowingText()
    private var isText = false
    /// What the shape that is open holds: `title`, `body`; nil where that is not said.
    private var placeholder: String?
    private var level = 0
    private var skipped = 0

    /// - Parameters:
    ///   - page: The number of the slide, from 1.
    ///   - isNotes: Whether it is what the speaker says to the slide.
    init(page: Int, isNotes: Bool) {
        self.isNotes = isNotes
        output.page = page
    }

    func take() -> [TextBlock] { output.take() }

    func finish() -> [TextBlock] { output.finish() }

    func open(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 || name == "Fallback" {
            skipped += 1
            return
        }
        switch name {
        case "sp", "graphicFrame": placeholder = nil
        case "ph": placeholder = attributes["type"] ?? "body"
        case "p": level = 0
        case "pPr": level = min(max(attributes.number("lvl") ?? 0, 0), 8)
        case "t": isText = true
        case "br": text.breakLine()
        case "tab": text.breakWord()
        case "tbl": output.beginTable()
        case "tr": output.beginRow()
        default: break
        }
    }

    func close(_ name: String) {
        guard skipped == 0 else {
            skipped -= 1
            return
        }
        switch name {
        case "t": isText = false
        case "p": endParagraph()
        case "sp", "graphicFrame": placeholder = nil
        case "tc": output.endCell()
        case "tr": output.endRow()
        case "tbl": output.endTable()
        default: break
        }
    }

    func text(_ characters: UnsafeBufferPointer<UInt8>) { if isText, skipped == 0 { text.append(characters) } }

    private func endParagraph() {
        let bytes = text.take().bytes
        // The number of the slide, the date, and what stands on every slide.
        if let placeholder, ["sldNum", "dt", "ftr", "hdr", "sldImg"].contains(placeholder) { return }
        switch placeholder {
        case "title", "ctrTitle": output.paragraph(bytes, .heading(1))
        case "body" where !isNotes, "obj": output.paragraph(bytes, .item(mark: "- ", level: level))
        default: output.paragraph(bytes, .body)
        }
    }
}
