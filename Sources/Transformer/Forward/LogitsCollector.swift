import Tensors

/// Gathers the logits that a pass was asked for, as chunks come by.
struct LogitsCollector {
    /// For each position asked for, in that order, its logits.
    private(set) var rows: [[Float]]
    private let vocabulary: Int
    /// Indices into `rows` by position; a position may be asked for twice.
    private let slots: [Int: [Int]]

    /// Rows that go through the output head at once: its output is far wider than anything else.
    private static let batch = 64

    init(positions: [Int], vocabulary: Int) {
        self.vocabulary = vocabulary
        rows = [[Float]](repeating: [], count: positions.count)
        slots = Dictionary(grouping: positions.indices) { positions[$0] }
    }

    /// Runs the final norm and the output head over those of `positions` that were asked for.
    ///
    /// - Parameter residual: The last block's output, one row for each of `positions`.
    mutating func collect(
        _ positions: Range<Int>, residual: MatrixView, norm: Matrix, epsilon: Float, head: Linear,
        on pool: ThreadPool
    ) {
        let asked = positions.filter { slots[$0] != nil }
        let input = LinearInput(columns: residual.columns, arithmetic: head.arithmetic)
        let size = min(asked.count, Self.batch)
        let gathered = Matrix(rows: size, columns: residual.columns)
        let output = Matrix(rows: size, columns: vocabulary)
        for first in stride(from: 0, to: asked.count, by: Self.batch) {
            let batch = asked[first..<min(first + Self.batch, asked.count)]
            for (row, position) in batch.enumerated() {
                gathered.view.row(row)
                    .update(from: residual.row(position - positions.lowerBound), count: residual.columns)
            }
            let batchRows = 0..<batch.count
            input.load(normalizing: gathered.view(rows: batchRows), weight: norm.pointer, epsilon: epsilon, on: pool)
            head.apply(input, into: output.view(rows: batchRows), on: pool)
            for (row, position) in batch.enumerated() {
                for slot in slots[position] ?? [] { rows[slot] = Array(output.row(row)) }
            }
        }
    }
}
