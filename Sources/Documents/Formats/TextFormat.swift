/// How the text of a document is laid out: what its blocks are.
///
/// A new format is a file with a ``BlockParser`` and a case here.
package enum TextFormat: Equatable {
    /// Paragraphs, headings and lists: plain text and Markdown.
    case prose
    /// Rows of a table, whose cells are parted by a character.
    case delimitedRows(separator: UInt8)
    /// A conversation: lines that begin with a speaker's name.
    /// - Parameter dating: What stands before a colon as a name does, but begins a line that dates a session: `Date: 3 May 2024`.
    case conversation(dating: Set<[UInt8]>)
    /// A page of HTML.
    case html

    /// The format of a text that begins so: by its content first, then by its name.
    /// - Parameter head: The first ``TextBlock/headSize`` bytes, or all that there is.
    package static func detect(_ head: ArraySlice<UInt8>, name: String) -> TextFormat {
        if HTMLBlocks.isOne(head, name: name) { return .html }
        if let separator = DelimitedRows.separator(of: head, name: name) { return .delimitedRows(separator: separator) }
        return Conversation.isOne(head) ? .conversation(dating: Conversation.dating(head)) : .prose
    }

    /// What parts a text of the format into blocks.
    package func makeParser() -> any BlockParser {
        switch self {
        case .prose: Prose()
        case .delimitedRows: DelimitedRows()
        case .conversation(let dating): Conversation(dating: dating)
        case .html: HTMLBlocks()
        }
    }
}
