import CKernels

/// Operations on rows of matrices that need no weights beyond a vector.
public enum Elementwise {
    /// Root-mean-square norm of each row: x * weight / sqrt(mean(x^2) + epsilon). `weight` has x's columns; y may be x.
    public static func rootMeanSquareNorm(
        _ x: MatrixView, weight: UnsafePointer<Float>, epsilon: Float, into y: MatrixView, on pool: ThreadPool
    ) {
        precondition(x.rows == y.rows && x.columns == y.columns, "x and y must have one shape.")
        forEachRow(x.rows, on: pool) {
            Kernels.current.pointee.rms_norm(x.row($0), weight, x.columns, epsilon, y.row($0))
        }
    }

    static func forEachRow(_ rows: Int, on pool: ThreadPool, _ body: (Int) -> Void) {
        let block = 16
        pool.run((rows + block - 1) / block) { index in
            for row in index * block..<min(rows, (index + 1) * block) { body(row) }
        }
    }
}
