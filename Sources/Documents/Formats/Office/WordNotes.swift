/// The footnotes or endnotes of a Word document by their numbers in the file.
final class WordNotes: XMLContent {
    private(set) var notes: [String: [UInt8]] = [:]
    private var id: String?
    private var note = FlowingText()
    private var isText = false

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "footnote", "endnote":
            // Others are the lines that part notes from the text.
            id = attributes["type"] == nil || attributes["type"] == "normal" ? attributes["id"] : nil
        case "t": isText = true
        case "tab", "br", "cr", "p": note.breakWord()
        default: break
        }
    }

    func close(_ name: String) {
        switch name {
        case "footnote", "endnote":
            let text = note.take().bytes
            if let id, !text.isEmpty { notes[id] = text }
        case "t": isText = false
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isText { note.append(text) } }
}
