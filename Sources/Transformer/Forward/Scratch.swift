import Synchronization
import Tensors

/// The intermediate matrices of one pass, reused from chunk to chunk and from pass to pass.
final class Scratch: Sendable {
    /// Rows that the matrices have.
    let rows: Int
    /// The residual stream, T x embedding.
    let residual: Matrix
    /// T x heads * headDimension.
    let queries: Matrix
    /// T x KV heads * headDimension.
    let keys: Matrix
    let values: Matrix
    /// What attention puts out, T x heads * headDimension.
    let attended: Matrix
    /// Inputs of linear layers, by width.
    let fromResidual: LinearInput
    let fromAttended: LinearInput
    let fromGated: LinearInput

    init(shape: ModelShape, rows: Int, arithmetic: Arithmetic) {
        self.rows = rows
        residual = Matrix(rows: rows, columns: shape.embedding)
        queries = Matrix(rows: rows, columns: shape.heads * shape.headDimension)
        keys = Matrix(rows: rows, columns: shape.keyValueHeads * shape.headDimension)
        values = Matrix(rows: rows, columns: shape.keyValueHeads * shape.headDimension)
        attended = Matrix(rows: rows, columns: shape.heads * shape.headDimension)
        fromResidual = LinearInput(columns: shape.embedding, arithmetic: arithmetic)
        fromAttended = LinearInput(columns: shape.heads * shape.headDimension, arithmetic: arithmetic)
        fromGated = LinearInput(columns: shape.feedForward, arithmetic: arithmetic)
    }
}

/// Scratch memory that is not in use. Holds as many as there were passes at once.
final class ScratchPool: Sendable {
    private let shape: ModelShape
    private let arithmetic: Arithmetic
    private let free = Mutex<[Scratch]>([])

    init(shape: ModelShape, arithmetic: Arithmetic) {
        self.shape = shape
        self.arithmetic = arithmetic
    }

    /// Lends scratch memory of at least `rows` rows to `body`.
    func withScratch<Result>(rows: Int, _ body: (Scratch) throws -> Result) rethrows -> Result {
        let found = free.withLock { free in
            free.firstIndex { $0.rows >= rows }.map { free.remove(at: $0) } ?? free.popLast()
        }
        // Too small a one is given up for one that is large enough.
        let scratch =
            found.flatMap { $0.rows >= rows ? $0 : nil } ?? Scratch(shape: shape, rows: rows, arithmetic: arithmetic)
        defer { free.withLock { $0.append(scratch) } }
        return try body(scratch)
    }
}
