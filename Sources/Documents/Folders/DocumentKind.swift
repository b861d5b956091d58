/// The names of formats, as filters have them: `pdf`, `csv`, `markdown`, `code`.
public enum DocumentKind {
    /// All names.
    public static let all =
        (TextFormat.names + ["archive", "docx", "epub", "mail", "ods", "odt", "pdf", "pptx", "xlsx"]).sorted()
}

extension Document {
    /// The name of its format, one of ``DocumentKind/all``.
    /// - Throws: ``DocumentError`` where it cannot be read, or its format is not.
    public func kind() throws(DocumentError) -> String {
        var blocks = try BlockReader(self)
        // The kind of a text shows when its beginning is read.
        while blocks.kind == nil, try blocks.next() != nil {}
        return blocks.kind ?? ""
    }
}
