/// How the text of a document is laid out: what its blocks are.
///
/// A new format is a file with a ``BlockParser`` and a case here.
enum TextFormat: Equatable {
    /// Paragraphs, headings and lists: plain text and Markdown.
    case prose
    /// Rows of a table, whose cells are parted by a character.
    case delimitedRows(separator: UInt8)
    /// A conversation: lines that begin with a speaker's name.
    case conversation

    /// Bytes of a text that its format is told by.
    static let headSize = 1 << 12

    /// The format of a text that begins so: by its content first, then by its name.
    /// - Parameter head: The first ``headSize`` bytes, or all that there is.
    static func detect(_ head: ArraySlice<UInt8>, name: String) -> TextFormat {
        if let separator = DelimitedRows.separator(of: head, name: name) { return .delimitedRows(separator: separator) }
        return Conversation.isOne(head) ? .conversation : .prose
    }

    /// What parts a text of the format into blocks.
    func makeParser() -> any BlockParser {
        switch self {
        case .prose: Prose()
        case .delimitedRows: DelimitedRows()
        case .conversation: Conversation()
        }
    }
}

/// Parts extracted text into blocks as it comes. All blocks together are the text, every byte once and in order; memory is
/// bounded by one block.
protocol BlockParser {
    /// Takes more text; gives the blocks that are complete now.
    mutating func push(_ text: [UInt8]) -> [TextBlock]
    /// Ends the text; gives what was left open.
    mutating func finish() -> [TextBlock]
}

extension TextBlock {
    /// A block that grows longer than this is given in stretches.
    static let longestStretch = 1 << 14
}
