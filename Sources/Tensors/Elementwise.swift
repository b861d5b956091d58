import CKernels

/// Operations on rows of matrices that need no weights beyond a vector.
public enum Elementwise {
    /// y += x, element by element. Both of the same shape.
    public static func add(_ x: MatrixView, to y: MatrixView, on pool: ThreadPool) {
        precondition(x.rows == y.rows && x.columns == y.columns, "Only matrices of one shape can be added.")
        forEachRow(x.rows, on: pool) { Kernels.current.pointee.add(x.row($0), y.row($0), x.columns) }
    }

    /// Multiplies every element by `factor`.
    public static func scale(_ x: MatrixView, by factor: Float, on pool: ThreadPool) {
        forEachRow(x.rows, on: pool) { Kernels.current.pointee.scale(x.row($0), x.columns, factor) }
    }

    /// Root-mean-square norm of each row: x * weight / sqrt(mean(x^2) + epsilon). `weight` has x's columns; y may be x.
    public static func rootMeanSquareNorm(
        _ x: MatrixView, weight: UnsafePointer<Float>, epsilon: Float, into y: MatrixView, on pool: ThreadPool
    ) {
        precondition(x.rows == y.rows && x.columns == y.columns, "x and y must have one shape.")
        forEachRow(x.rows, on: pool) {
            Kernels.current.pointee.rms_norm(x.row($0), weight, x.columns, epsilon, y.row($0))
        }
    }

    /// Replaces values by exp(value - maximum) / sum of these.
    public static func softmax(_ values: UnsafeMutableBufferPointer<Float>) {
        guard let start = values.baseAddress, values.count > 0 else { return }
        Kernels.current.pointee.softmax(start, values.count)
    }

    static func forEachRow(_ rows: Int, on pool: ThreadPool, _ body: (Int) -> Void) {
        let block = 16
        pool.run((rows + block - 1) / block) { index in
            for row in index * block..<min(rows, (index + 1) * block) { body(row) }
        }
    }
}
