/// Makes blocks of the pieces of pages: joins paragraphs that go on in the next column or on the next page, and puts what stands
/// between their halves behind them.
struct PieceJoiner {
    /// A paragraph that may go on, and what came behind it.
    private var open: PagePiece?
    private var floating: [PagePiece] = []
    /// The last block, which the next one tells how to end.
    private var last: PagePiece?
    private var blocks: [TextBlock] = []

    /// Takes the next piece.
    mutating func take(_ piece: PagePiece, _ joiner: LineJoiner) {
        guard let paragraph = open else {
            begin(piece)
            return
        }
        if piece.continues(paragraph) {
            open = Self.joined(paragraph, piece, joiner)
            if open?.isUnfinished == false { close() }
        } else if piece.isFloating, piece.page <= paragraph.page + 1, floating.count < Self.mostFloating {
            floating.append(piece)
        } else {
            close()
            begin(piece)
        }
    }

    /// Pieces between two halves of a paragraph at most.
    private static let mostFloating = 200

    private mutating func begin(_ piece: PagePiece) {
        if piece.isUnfinished { open = piece } else { add(piece) }
    }

    /// Ends the document.
    mutating func finish() {
        close()
        if let last { emit(last, isLast: true) }
        last = nil
    }

    /// The blocks that are complete.
    mutating func takeBlocks() -> [TextBlock] {
        defer { blocks = [] }
        return blocks
    }

    private static func joined(_ piece: PagePiece, _ next: PagePiece, _ joiner: LineJoiner) -> PagePiece {
        var joined = piece
        joiner.append(next.text, to: &joined.text)
        let shift = joined.text.utf8.count - next.text.utf8.count
        joined.marks += next.marks.map { ($0.text + shift, $0.location) }
        joined.page = next.page
        joined.isUnfinished = next.isUnfinished
        return joined
    }

    private mutating func close() {
        if let open { add(open) }
        open = nil
        for piece in floating { add(piece) }
        floating = []
    }

    private mutating func add(_ piece: PagePiece) {
        if let last { emit(last, isLast: !piece.goesOn(from: last)) }
        last = piece
    }

    /// - Parameter isLast: Whether it ends a list or a table.
    private mutating func emit(_ piece: PagePiece, isLast: Bool) {
        let isRow = [.listItem, .tableRow, .tableHeader].contains(piece.kind)
        let text = Array(piece.text.utf8) + Array((isRow && !isLast ? "\n" : "\n\n").utf8)
        var start = 0
        while start < text.count {
            var end = min(start + TextBlock.longestStretch, text.count)
            // Not within a character.
            while end < text.count, end > start + 1, text[end] & 0xC0 == 0x80 { end -= 1 }
            var block = TextBlock(
                piece.kind, level: piece.level, text: Array(text[start..<end]), continues: end < text.count)
            let before = piece.marks.last { $0.text <= start }.map { [(0, $0.location)] } ?? []
            block.marks =
                before + piece.marks.filter { $0.text > start && $0.text < end }.map { ($0.text - start, $0.location) }
            blocks.append(block)
            start = end
        }
    }
}

extension PagePiece {
    /// Whether it is the next item of a list, or row of a table.
    fileprivate func goesOn(from piece: PagePiece) -> Bool {
        switch kind {
        case .listItem: piece.kind == .listItem
        case .tableRow: piece.kind == .tableRow || piece.kind == .tableHeader
        default: false
        }
    }
}
