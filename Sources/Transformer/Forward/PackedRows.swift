import Tensors

/// Which rows of a matrix belong to which sequence: positions of several sequences, one behind the other.
struct PackedRows: Equatable {
    /// A sequence's share.
    struct Segment: Equatable {
        /// Index of the sequence.
        let sequence: Int
        /// Positions in the sequence.
        let positions: Range<Int>
        /// Row of the first of them.
        let firstRow: Int

        /// The rows that the segment takes.
        var rows: Range<Int> { firstRow..<firstRow + positions.count }

        /// The rows of some of its positions.
        func rows(of positions: Range<Int>) -> Range<Int> {
            let first = firstRow + positions.lowerBound - self.positions.lowerBound
            return first..<first + positions.count
        }
    }

    let segments: [Segment]
    /// Rows altogether.
    let count: Int

    var isEmpty: Bool { count == 0 }

    /// Rows for positions of sequences, in this order; no positions take no segment.
    init(_ parts: [(sequence: Int, positions: Range<Int>)]) {
        var row = 0
        segments = parts.filter { !$0.positions.isEmpty }.map { sequence, positions in
            defer { row += positions.count }
            return Segment(sequence: sequence, positions: positions, firstRow: row)
        }
        count = row
    }

    /// Those of the positions that `choose` gives of each segment, in rows without gaps.
    func narrowed(_ choose: (Segment) -> Range<Int>?) -> PackedRows {
        PackedRows(segments.compactMap { segment in choose(segment).map { (segment.sequence, $0) } })
    }

    /// For each segment of `narrower`, which has positions of this one, the segment that they come from.
    func sources(of narrower: PackedRows) -> [(source: Segment, target: Segment)] {
        var found = segments.makeIterator()
        return narrower.segments.compactMap { target in
            while let source = found.next() {
                if source.sequence == target.sequence { return (source, target) }
            }
            return nil
        }
    }

    /// Moves the rows of `narrower` to the front of a matrix whose rows are these.
    func gather(_ narrower: PackedRows, in matrix: Matrix) {
        guard narrower != self else { return }
        // Rows move forward only, so that none is overwritten before it has moved.
        for (source, target) in sources(of: narrower) {
            let first = source.rows(of: target.positions).lowerBound
            for row in 0..<target.positions.count {
                matrix.view.row(target.firstRow + row)
                    .update(from: matrix.view.row(first + row), count: matrix.columns)
            }
        }
    }
}
