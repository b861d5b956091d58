/// Puts blocks one behind the other, with what stands between them: a blank line, or a line feed between rows of a table and
/// between items of a list.
struct BlockAssembler {
    /// What is not taken yet, but for the last one: what follows decides how it ends.
    private var ready: [TextBlock] = []
    private var held: (block: TextBlock, group: Int)?

    /// - Parameters:
    ///   - block: Without white space at its end, but for a stretch that is continued.
    ///   - group: The table or list that it is of; 0 where it stands by itself.
    mutating func add(_ block: TextBlock, group: Int = 0) {
        release(isSameGroup: group != 0 && held?.group == group)
        held = (block, group)
    }

    /// The blocks that are complete.
    mutating func take() -> [TextBlock] {
        defer { ready = [] }
        return ready
    }

    /// All blocks, the last one included.
    mutating func finish() -> [TextBlock] {
        release(isSameGroup: false)
        return take()
    }

    private mutating func release(isSameGroup: Bool) {
        guard var block = held?.block else { return }
        if !block.continues { block.text += isSameGroup ? [.lineFeed] : [.lineFeed, .lineFeed] }
        ready.append(block)
        held = nil
    }
}
