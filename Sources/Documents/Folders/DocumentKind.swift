/// The names of formats, as filters have them: `pdf`, `csv`, `markdown`, `code`.
public enum DocumentKind {
    /// All names.
    public static let all = (DocumentFormat.allCases.filter { $0 != .text }.map(\.rawValue) + TextFormat.names).sorted()
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
