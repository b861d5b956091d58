/// Leads from positions in the rewritten text back to positions in the original, in rising order.
struct PositionMap: Sendable {
    /// A place where the two differ.
    private struct Edit: Sendable {
        var rewritten: Range<Int>
        var original: Range<Int>
    }

    private var edits: [Edit] = []
    private var next = 0
    /// What to add behind the last edit that was passed.
    private var shift = 0

    /// Records that a piece was rewritten; edits come in rising order.
    mutating func record(rewritten: Range<Int>, original: Range<Int>) {
        if next == edits.count {
            edits.removeAll(keepingCapacity: true)
            next = 0
        }
        edits.append(Edit(rewritten: rewritten, original: original))
    }

    /// The original position; positions must not fall from one call to the next.
    ///
    /// Inside an edit each rewritten byte counts as one original byte while there are any left.
    @inline(__always)
    mutating func original(_ position: Int) -> Int {
        if next == edits.count { return position + shift }
        return originalPassingEdits(position)
    }

    private mutating func originalPassingEdits(_ position: Int) -> Int {
        while next < edits.count, edits[next].rewritten.upperBound <= position {
            shift = edits[next].original.upperBound - edits[next].rewritten.upperBound
            next += 1
        }
        guard next < edits.count, edits[next].rewritten.lowerBound < position else { return position + shift }
        let edit = edits[next]
        return min(edit.original.lowerBound + position - edit.rewritten.lowerBound, edit.original.upperBound)
    }
}
