import CKernels
import Foundation

extension Linear {
    /// The logarithm of the softmax probability that the layer's outputs give one of them, for each row of x. The outputs
    /// themselves are never all in memory: their softmax runs along (as in FlashAttention, arXiv 2205.14135).
    ///
    /// - Parameters:
    ///   - x: T x inputs.
    ///   - targets: T outputs, counted from 0.
    public func logProbabilities(_ x: LinearInput, of targets: [Int], on pool: ThreadPool) -> [Double] {
        precondition(
            targets.count == x.rows && targets.allSatisfy { (0..<outputs).contains($0) }, "Every row needs a target.")
        let rows = x.rows
        guard rows > 0 else { return [] }
        prepare(for: x, on: pool)
        // The parts depend on the layer alone: sums in another order would be other sums.
        let panels = PanelPartition.panelCount(outputs: outputs)
        let share = 4, width = share * PanelPartition.panelWidth
        let parts = (panels + share - 1) / share
        let maxima = Matrix(rows: parts, columns: rows), totals = Matrix(rows: parts, columns: rows)
        let chosen = Matrix(rows: 1, columns: rows)
        pool.run(parts) { part, worker in
            let own = part * share..<min(panels, (part + 1) * share)
            let first = part * width, count = min(outputs, first + width) - first
            let scores = AlignedMemory.allocate(Float.self, count: rows * width)
            defer { scores.deallocate() }
            multiply(
                x, panels: own, into: ir_rows(values: scores, stride: width, rows: rows), IR_OUTPUT_REPLACE, worker)
            for row in 0..<rows where (first..<first + count).contains(targets[row]) {
                chosen.pointer[row] = scores[row * width + targets[row] - first]
            }
            let (maximum, total) = (maxima.row(part), totals.row(part))
            Elementwise.runningSoftmax(scores, rows: rows, stride: width, count: count, maxima: maximum, totals: total)
        }
        return (0..<rows).map { row in
            let largest = (0..<parts).reduce(-Float.infinity) { max($0, maxima.row($1)[row]) }
            let total = (0..<parts).reduce(0.0) {
                $0 + Double(totals.row($1)[row]) * exp(Double(maxima.row($1)[row] - largest))
            }
            return Double(chosen.pointer[row] - largest) - log(total)
        }
    }
}

extension Elementwise {
    /// For each of `rows` rows of `count` scores, `stride` apart, their maximum and the sum of exp(score - maximum). The
    /// scores are left in disorder.
    static func runningSoftmax(
        _ scores: UnsafeMutablePointer<Float>, rows: Int, stride: Int, count: Int,
        maxima: UnsafeMutableBufferPointer<Float>, totals: UnsafeMutableBufferPointer<Float>
    ) {
        let most = Int(IR_SOFTMAX_ROWS)
        let first = [Int](repeating: 0, count: most), last = [Int](repeating: count, count: most)
        var corrections = [Float](repeating: 0, count: most)
        maxima.update(repeating: -.infinity)
        totals.update(repeating: 0)
        guard let maxima = maxima.baseAddress, let totals = totals.baseAddress else { return }
        for row in Swift.stride(from: 0, to: rows, by: most) {
            Kernels.current.pointee.softmax_rows(
                min(most, rows - row), scores + row * stride, stride, first, last, count, maxima + row, totals + row,
                &corrections)
        }
    }
}
