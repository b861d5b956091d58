/// Joins lines into blocks that hold every byte of a text once, in order: for formats whose text stays as it is.
struct LineBlocks {
    private var complete: [TextBlock] = []
    private var text: [UInt8] = []
    private var start = 0
    private var hasText = false
    /// What the open block is.
    private(set) var kind = TextBlock.Kind.prose
    private var level = 0
    private var location: Location?

    /// The block that is open ends; what is added from now on is of this kind. White space before the first text of a
    /// document belongs to the first block.
    mutating func begin(_ kind: TextBlock.Kind, level: Int = 0, location: Location? = nil) {
        if hasText { close(continues: false) }
        self.kind = kind
        self.level = level
        self.location = location
    }

    /// The line belongs to the open block.
    mutating func add(_ line: Line) {
        if !text.isEmpty, text.count + line.text.count > TextBlock.longestStretch { close(continues: true) }
        if text.isEmpty { start = line.text.startIndex }
        text += line.text
        if !hasText { hasText = !line.isBlank }
    }

    private mutating func close(continues: Bool) {
        guard !text.isEmpty else { return }
        var block = TextBlock(kind, level: level, text: text, start: start, continues: continues)
        block.marks = location.map { [(0, $0)] } ?? []
        complete.append(block)
        text = []
        hasText = continues
    }

    /// The blocks that are complete.
    mutating func take() -> [TextBlock] {
        defer { complete = [] }
        return complete
    }

    /// The blocks that are complete where the text ends.
    mutating func finish() -> [TextBlock] {
        close(continues: false)
        return take()
    }
}

/// Parts a text into blocks line by line. The text of the blocks is the document's, so that blocks are the same in
/// whatever pieces the text comes.
protocol LineParser: BlockParser {
    var lines: LineSplitter { get set }
    var blocks: LineBlocks { get set }
    /// Takes the next line.
    mutating func take(_ line: Line)
    /// Takes what waits for a line that will not come.
    mutating func end()
}

extension LineParser {
    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        for line in lines.push(text) { take(line) }
        return blocks.take()
    }

    mutating func finish() -> [TextBlock] {
        for line in lines.finish() { take(line) }
        end()
        return blocks.finish()
    }

    mutating func end() {}
}
