/// A paragraph, or another piece of a page that stands together.
struct PagePiece {
    var kind: TextBlock.Kind
    var level = 0
    var text: String
    /// From where on it stands at a place: bytes of ``text``.
    var marks: [(text: Int, location: Location)]
    var page: Int
    /// The height of its lines.
    var height: Double
    /// Whether it may stand between two halves of a paragraph: a table, a caption, a note.
    var isFloating = false
    /// Whether it ends in the middle of a sentence at the right edge.
    var isUnfinished = false
    /// Whether it may go on with what is unfinished: it begins neither indented nor with a mark.
    var isFlush = false
    /// Whether it is the first of its column.
    var isFirst = false

    /// Whether it goes on with a piece that is unfinished, as far as can be told from how it looks.
    func continues(_ piece: PagePiece) -> Bool {
        guard kind == .prose, !isFloating, piece.isUnfinished, abs(height / max(piece.height, 0.01) - 1) < 0.1,
            page <= piece.page + 1, let first = text.first, piece.text.utf8.count < Self.longest
        else { return false }
        // Where a new column begins it is expected to; behind a figure only a small letter tells.
        return first.isLowercase || isFirst && isFlush && piece.kind == .prose
    }

    /// Bytes of a paragraph that goes on, at most.
    private static let longest = 3 * TextBlock.longestStretch
}
