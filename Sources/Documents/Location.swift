/// Where a person finds a piece of a document again, beyond bytes and lines: what a format has of it, and nothing else.
///
/// Encoded, it is an object with the parts that are known: `{"page": 12, "pageLabel": "x"}`.
public struct Location: Sendable, Hashable, Codable {
    /// The page of a PDF file or a presentation, counted from 1.
    public var page: Int?
    /// What is printed on the page as its number, where that is known and another: `iv`.
    public var pageLabel: String?
    /// The rectangle on the page, in points from its upper left corner.
    public var box: Box?
    /// The name of a sheet.
    public var sheet: String?
    /// The cell, or the row's first and last one: `B7`, `A7:D7`.
    public var cell: String?
    /// The title of a chapter of a book, or the name of its file where it has none.
    public var chapter: String?
    /// The element of a page of markup: `#id` of the nearest one that has an id and holds little else, or a path, as CSS selects it:
    /// `body > div:nth-of-type(2) > p:nth-of-type(3)`.
    public var element: String?
    /// The number of a message in a mailbox, counted from 1.
    public var message: Int?
    /// When something was said or written, as the document has it.
    public var time: String?
    /// The file in an archive, or the attachment of a message.
    public var member: String?

    /// A rectangle.
    public struct Box: Sendable, Hashable, Codable {
        /// The left edge.
        public var left: Double
        /// The upper edge.
        public var top: Double
        /// The right edge.
        public var right: Double
        /// The lower edge.
        public var bottom: Double

        /// A rectangle from its edges.
        public init(left: Double, top: Double, right: Double, bottom: Double) {
            self.left = left
            self.top = top
            self.right = right
            self.bottom = bottom
        }
    }

    /// Nothing known.
    public init() {}

    /// For people: `page 12`, `Sheet1, A7:D7`, `book/one.txt, message 3`.
    public var description: String {
        [
            member, chapter, page.map { "page \($0)" + (pageLabel.map { " (\($0))" } ?? "") }, sheet, cell,
            message.map { "message \($0)" }, time,
        ].compactMap(\.self).joined(separator: ", ")
    }
}
