/// Documents of Word (.docx).
enum WordDocument {
    /// - Parameter part: The path of the document's text.
    static func source(
        _ archive: ZipArchive, of bytes: DocumentBytes, part: String
    ) throws(DocumentError) -> PackageSource {
        let related = try Relationships(of: part, in: archive).byType
        let styles = WordStyles()
        let numbering = WordNumbering()
        let (footnotes, endnotes) = (WordNotes(), WordNotes())
        let parts: [(String, any XMLContent)] = [
            ("styles", styles), ("numbering", numbering), ("footnotes", footnotes), ("endnotes", endnotes),
        ]
        for (type, content) in parts {
            if let path = related[type] { try XMLPart.read(path, of: archive, into: content) }
        }
        var notes: [Omission] = []
        let comments = WordComments()
        if let path = related["comments"] { try XMLPart.read(path, of: archive, into: comments) }
        if comments.areAny {
            notes.append(Omission(.note, bytes.name, reason: "the comments in it were left out"))
        }
        let content = PackagePart(path: part) {
            WordContent(styles: styles, numbering: numbering, footnotes: footnotes, endnotes: endnotes)
        }
        return PackageSource(archive, of: bytes, kind: "docx", parts: [content], notes: notes)
    }
}

/// The comments of a Word document: whether there are any.
private final class WordComments: XMLContent {
    private(set) var areAny = false

    func open(_ name: String, _ attributes: XMLAttributes) { if name == "comment" { areAny = true } }
    func close(_ name: String) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}
}
