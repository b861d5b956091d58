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
        /// The row of a table that names its columns.
        case tableHeader
        /// A row of a table: one piece, whatever stands in its cells.
        case tableRow
        /// What one speaker said.
        case turn
        /// An entry of a log or of a data file, of one line or several.
        case record
        /// Source code: a function, or another part that stands together.
        case code
    }

    /// What it is.
    package var kind: Kind
    /// Of a heading, how deep it stands below others, from 1; 0 where that is not known.
    package var level = 0
    /// Whether it begins something of its own, which nothing before it belongs to: a sheet, a message, a file in an archive.
    package var startsPart = false
    /// UTF-8; the white space around it belongs to it, so that blocks join to the whole extracted text. A paragraph ends with
    /// a blank line, a row or an item with a line feed.
    package var text: [UInt8]
    /// Where it begins in the extracted text. The reader sets it.
    package var start = 0
    /// Whether more of the same piece follows in the next block: stretches of a very long paragraph.
    package var continues: Bool
    /// Where it stands in what it was made from: offsets in ``text``, and in decoded text where a ``BlockParser`` gives it, in bytes
    /// of the file where a ``BlockSource`` does. Empty where there is no way back.
    package var runs: [OffsetMap.Run] = []
    /// From where on it stands on a line of the file. A ``BlockParser`` leaves it to the decoded text where there are ``runs``.
    package var lines: [(text: Int, line: Int)] = []
    /// From where on it is found at a place; the first of them at 0.
    package var marks: [(text: Int, location: Location)] = []

    /// A stretch of decoded text as it is.
    /// - Parameter start: Where it begins in the decoded text.
    package init(_ kind: Kind, level: Int = 0, text: [UInt8], start: Int, continues: Bool = false) {
        self.init(kind, level: level, text: text, continues: continues)
        runs = [OffsetMap.Run(text: 0, source: start)]
    }

    /// Text that was extracted from something else.
    package init(
        _ kind: Kind, level: Int = 0, text: [UInt8], location: Location? = nil, line: Int? = nil,
        continues: Bool = false
    ) {
        self.kind = kind
        self.level = level
        self.text = text
        self.continues = continues
        lines = line.map { [(0, $0)] } ?? []
        marks = location.map { [(0, $0)] } ?? []
    }

    /// Bytes of a text that its format is told by.
    package static let headSize = 1 << 12
    /// A block that grows longer than this is given in stretches.
    package static let longestStretch = 1 << 14
}
