/// How the text of a document is laid out: what its blocks are.
///
/// A new format is a file with a ``BlockParser`` and a case here.
package enum TextFormat: Equatable {
    /// Paragraphs, headings and lists of plain text.
    case prose
    /// Those of Markdown, and what else it has.
    case markdown
    /// Cues with times.
    case subtitles
    /// Entries of a log.
    case log
    /// LaTeX.
    case latex
    /// reStructuredText.
    case reStructuredText
    /// JSON, one document or one on each line.
    case json(isLines: Bool)
    /// Source code or settings.
    case code
    /// Rows of a table, whose cells are parted by a character.
    case delimitedRows(separator: UInt8, hasHeader: Bool)
    /// A conversation: lines that begin with a speaker's name.
    /// - Parameter dating: What stands before a colon as a name does, but begins a line that dates a session: `Date:
    ///   3 May 2024`.
    case conversation(dating: Set<[UInt8]>)
    /// A page of HTML.
    case html

    /// The format of a text that begins so: by its content first, then by its name.
    /// - Parameter head: The first ``TextBlock/headSize`` bytes, or all that there is.
    package static func detect(_ head: ArraySlice<UInt8>, name: String) -> TextFormat {
        if HTMLBlocks.isOne(head, name: name) { return .html }
        if Subtitles.isOne(head) { return .subtitles }
        if let isLines = JSONDocument.isLines(head, name: name) { return .json(isLines: isLines) }
        if LaTeX.isOne(head, name: name) { return .latex }
        if ReStructuredText.isOne(head, name: name) { return .reStructuredText }
        if CodeDetection.isNamed(name) { return .code }
        if let layout = DelimitedRows.layout(of: head, name: name) {
            return .delimitedRows(separator: layout.separator, hasHeader: layout.hasHeader)
        }
        if Conversation.isOne(head) { return .conversation(dating: Conversation.dating(head)) }
        if LogEntries.isOne(head, name: name) { return .log }
        if CodeDetection.isCode(head, name: name) { return .code }
        return Prose.isMarkdown(head, name: name) ? .markdown : .prose
    }

    /// Its name, as filters have it; one of ``names``.
    package var name: String {
        switch self {
        case .prose: "text"
        case .markdown: "markdown"
        case .subtitles: "subtitles"
        case .log: "log"
        case .latex: "latex"
        case .reStructuredText: "rst"
        case .json: "json"
        case .code: "code"
        case .delimitedRows: "csv"
        case .conversation: "conversation"
        case .html: "html"
        }
    }

    /// The names of all.
    static let names = [
        TextFormat.prose, .markdown, .subtitles, .log, .latex, .reStructuredText, .json(isLines: false), .code,
        .delimitedRows(separator: 0, hasHeader: false), .conversation(dating: []), .html,
    ].map(\.name)

    /// What parts a text of the format into blocks.
    package func makeParser() -> any BlockParser {
        switch self {
        case .prose: Prose(isMarkdown: false)
        case .markdown: Prose(isMarkdown: true)
        case .subtitles: Subtitles()
        case .log: LogEntries()
        case .latex: LaTeX()
        case .reStructuredText: ReStructuredText()
        case .json(let isLines): JSONDocument(isLines: isLines)
        case .code: Code()
        case .delimitedRows(let separator, let hasHeader):
            DelimitedRows(.init(separator: separator, hasHeader: hasHeader))
        case .conversation(let dating): Conversation(dating: dating)
        case .html: HTMLBlocks()
        }
    }
}
