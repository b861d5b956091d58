/// A stretch of a document's extracted text that is of one kind.
package struct TextBlock: Sendable {
    /// What a block is, which decides how it is cut and what stays together.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Sentences.
        case prose
        /// The title of what follows: one piece, kept with the text behind it.
        case heading
        /// An item of a list, its continuation lines included.
        case listItem
        /// A row of a table: one piece, whatever stands in its cells.
        case tableRow
        /// What one speaker said.
        case turn
    }

    /// What it is.
    package var kind: Kind
    /// UTF-8; the white space around it belongs to it, so that blocks join to the whole extracted text.
    package var text: [UInt8]
    /// Where it begins in the extracted text.
    package var start: Int
    /// Whether more of the same piece follows in the next block: stretches of a very long paragraph.
    package var continues: Bool

    package init(_ kind: Kind, text: [UInt8], start: Int, continues: Bool = false) {
        self.kind = kind
        self.text = text
        self.start = start
        self.continues = continues
    }
}
