import CKernels

/// Rows of activations in int8, in groups of 32 as the blocks of weights are.
final class BlockRows {
    private static let group = Int(IR_BLOCK_INPUTS)

    private let columns: Int
    private var capacity = 0
    private var codes: UnsafeMutablePointer<Int8>?
    private var scales: UnsafeMutablePointer<Float>?
    private var codeSums: UnsafeMutablePointer<Int32>?
    private var sums: UnsafeMutablePointer<Float>?

    /// Nil if the columns are not whole groups, or if blocks are not multiplied on this CPU: then no layer wants such rows.
    init?(columns: Int) {
        guard columns.isMultiple(of: BlockRows.group), Kernels.current.pointee.multiplies_blocks else { return nil }
        self.columns = columns
    }

    deinit { release() }

    /// Makes room for `rows` rows; what was stored is lost.
    func reserve(_ rows: Int) {
        guard rows > capacity else { return }
        capacity = rows
        release()
        let groups = rows * columns / BlockRows.group
        codes = AlignedMemory.allocate(Int8.self, count: rows * columns)
        scales = AlignedMemory.allocate(Float.self, count: groups)
        codeSums = AlignedMemory.allocate(Int32.self, count: groups)
        sums = AlignedMemory.allocate(Float.self, count: groups)
    }

    /// Codes `count` values of a row, which start at `column`; both are multiples of 32.
    func store(_ values: UnsafePointer<Float>, count: Int, row: Int, column: Int) {
        guard let codes, let scales, let codeSums, let sums else { return }
        let start = row * columns + column
        let groups = start / BlockRows.group..<(start + count) / BlockRows.group
        Kernels.current.pointee.quantize_row(
            values, count, BlockRows.group, codes + start, scales + groups.lowerBound, codeSums + groups.lowerBound)
        for group in groups { sums[group] = scales[group] * Float(codeSums[group]) }
    }

    /// Some of the rows, as C sees them.
    func rows(_ rows: Range<Int>) -> ir_rows_blocks {
        let groups = columns / BlockRows.group
        return ir_rows_blocks(
            codes: codes.map { UnsafePointer($0 + rows.lowerBound * columns) },
            scales: scales.map { UnsafePointer($0 + rows.lowerBound * groups) },
            sums: sums.map { UnsafePointer($0 + rows.lowerBound * groups) }, rows: rows.count)
    }

    private func release() {
        codes?.deallocate()
        scales?.deallocate()
        codeSums?.deallocate()
        sums?.deallocate()
    }
}
