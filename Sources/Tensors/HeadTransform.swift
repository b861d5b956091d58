import CKernels

/// What happens to queries and keys before they meet: each head's norm, if the model has one, then the rotary embedding.
public struct HeadTransform: @unchecked Sendable {
    /// Elements of one head.
    public let headDimension: Int
    /// `headDimension` factors of the root-mean-square norm of every head, or nil.
    public let normWeight: Matrix?
    /// Added to the mean square.
    public let normEpsilon: Float
    /// Turns a head as befits its position; nil where positions do not matter.
    public let rotary: RotaryTable?

    /// A transform of heads of one size.
    public init(headDimension: Int, normWeight: Matrix? = nil, normEpsilon: Float = 0, rotary: RotaryTable?) {
        precondition(headDimension > 0, "Heads must have elements.")
        self.headDimension = headDimension
        self.normWeight = normWeight
        self.normEpsilon = normEpsilon
        self.rotary = rotary
    }

    /// Transforms some rows of x (T x heads * headDimension), whose row 0 stands at position `start`.
    public func apply(to x: MatrixView, rows: Range<Int>, start: Int) {
        precondition(x.columns.isMultiple(of: headDimension), "The columns must be whole heads.")
        for row in rows {
            let vectors = x.row(row)
            if let normWeight {
                for head in stride(from: 0, to: x.columns, by: headDimension) {
                    Kernels.current.pointee.rms_norm(
                        vectors + head, normWeight.pointer, headDimension, normEpsilon, vectors + head)
                }
            }
            rotary?.turn(vectors, vectors: x.columns / headDimension, dimension: headDimension, by: start + row)
        }
    }

    /// The same for all rows of several sequences, each with the position of its first row.
    public func apply(to sequences: [(x: MatrixView, start: Int)], on pool: ThreadPool) {
        let block = 16
        let tasks = sequences.flatMap { sequence in
            stride(from: 0, to: sequence.x.rows, by: block).map { first in
                (sequence, rows: first..<min(first + block, sequence.x.rows))
            }
        }
        pool.run(tasks.count) { task in
            let (sequence, rows) = tasks[task]
            apply(to: sequence.x, rows: rows, start: sequence.start)
        }
    }
}
