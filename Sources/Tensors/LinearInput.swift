import CKernels

/// The rows that linear layers multiply, in the form that the arithmetic wants: made once, used by several layers
/// (a block's q, k and v for example).
///
/// Not synchronised: load it in one task, then use it.
public final class LinearInput: @unchecked Sendable {
    /// The inputs of the layers that use it.
    public let columns: Int
    /// The arithmetic of the layers that use it.
    public let arithmetic: Arithmetic
    /// Rows loaded.
    public private(set) var rows = 0

    /// The form of the weights that it is multiplied with.
    public private(set) var form = WeightForm.panels

    private var capacity = 0
    /// Float32: what is multiplied; a borrowed matrix, or the normalised copy. Int8: unused.
    private(set) var values: MatrixView
    private var copy: Matrix
    private var codes: UnsafeMutablePointer<Int8>?
    private var scales: UnsafeMutablePointer<Float>?
    private var sums: UnsafeMutablePointer<Int32>?
    /// Inputs that share a scale; 0 in float32.
    let group: Int
    private let rotated: Bool
    /// The rows for weights in blocks: nil unless they may be wanted. In that form rows are coded both ways, because of
    /// the layers that have no blocks; for a few rows this costs nearly nothing.
    private let blockRows: BlockRows?

    /// An input of `columns` columns. In int8 they must be a multiple of 4, which `Linear` checks for its weights.
    public init(columns: Int, arithmetic: Arithmetic) {
        self.columns = columns
        self.arithmetic = arithmetic
        let coding = arithmetic == .int8 ? Int8Coding(inputs: columns) : nil
        group = coding?.group ?? 0
        rotated = coding?.rotated ?? false
        precondition(arithmetic == .float32 || group > 0, "Int8 inputs must be a multiple of 4 wide.")
        blockRows = arithmetic == .int8 ? BlockRows(columns: columns) : nil
        copy = Matrix(rows: 0, columns: 0)
        values = copy.view
    }

    deinit { releaseCodes() }

    /// Takes x, rows x `columns`. In float32 x is borrowed, not copied: it must stay as it is while this input is used.
    ///
    /// `form`: `.blocks` if the rows are few.
    public func load(_ x: MatrixView, form: WeightForm = .panels, on pool: ThreadPool) {
        precondition(x.columns == columns, "The matrix must be as wide as the input.")
        rows = x.rows
        self.form = form
        guard arithmetic == .int8 else {
            values = x
            return
        }
        reserve(x.rows)
        forEachRow(on: pool) { row, worker in
            let copy = self.scratchRow(worker)
            copy.update(from: x.row(row), count: self.columns)
            self.quantize(copy, row: row)
        }
    }

    /// Takes the root-mean-square norm of each row of x: x * weight / sqrt(mean(x^2) + epsilon). `weight` has `columns`
    /// elements.
    public func load(
        normalizing x: MatrixView, weight: UnsafePointer<Float>, epsilon: Float, form: WeightForm = .panels,
        on pool: ThreadPool
    ) {
        precondition(x.columns == columns, "The matrix must be as wide as the input.")
        rows = x.rows
        self.form = form
        reserve(x.rows)
        let kernels = Kernels.current
        if arithmetic == .float32 {
            values = copy.view(rows: 0..<x.rows)
            let values = values
            forEachRow(on: pool) { row, _ in
                kernels.pointee.rms_norm(x.row(row), weight, self.columns, epsilon, values.row(row))
            }
        } else {
            forEachRow(on: pool) { row, worker in
                let normalized = self.scratchRow(worker)
                kernels.pointee.rms_norm(x.row(row), weight, self.columns, epsilon, normalized)
                self.quantize(normalized, row: row)
            }
        }
    }

    /// Makes room for `rows` rows that `store(_:row:group:)` fills in.
    func prepare(rows: Int, form: WeightForm) {
        self.rows = rows
        self.form = form
        reserve(rows)
        if arithmetic == .float32 { values = copy.view(rows: 0..<rows) }
    }

    /// Int8: the rows from `row` on.
    func int8(rows: Range<Int>) -> ir_rows_int8 {
        let groups = columns / group
        return ir_rows_int8(
            codes: codes.map { UnsafePointer($0 + rows.lowerBound * columns) },
            scales: scales.map { UnsafePointer($0 + rows.lowerBound * groups) },
            sums: sums.map { UnsafePointer($0 + rows.lowerBound * groups) }, rows: rows.count)
    }

    /// Int8: some rows for weights in blocks; nil if the rows were not loaded in that form.
    func blocks(rows: Range<Int>) -> ir_rows_blocks? {
        form == .blocks ? blockRows?.rows(rows) : nil
    }

    /// Int8: codes one group of one row. The values are left in disorder.
    func store(_ values: UnsafeMutablePointer<Float>, row: Int, group index: Int) {
        guard let codes, let scales, let sums else { return }
        if form == .blocks { blockRows?.store(values, count: group, row: row, column: index * group) }
        if rotated { Kernels.current.pointee.rotate(values, group) }
        let at = row * (columns / group) + index
        Kernels.current.pointee.quantize_row(
            values, group, group, codes + row * columns + index * group, scales + at, sums + at)
    }

    private func scratchRow(_ worker: OpaquePointer?) -> UnsafeMutablePointer<Float> {
        ir_worker_scratch(worker, columns * MemoryLayout<Float>.stride).bindMemory(to: Float.self, capacity: columns)
    }

    /// Codes one row, and leaves its values in disorder.
    private func quantize(_ values: UnsafeMutablePointer<Float>, row: Int) {
        guard let codes, let scales, let sums else { return }
        if form == .blocks { blockRows?.store(values, count: columns, row: row, column: 0) }
        if rotated { Kernels.current.pointee.rotate(values, columns) }
        let groups = columns / group
        Kernels.current.pointee.quantize_row(
            values, columns, group, codes + row * columns, scales + row * groups, sums + row * groups)
    }

    private func forEachRow(on pool: ThreadPool, _ body: (Int, OpaquePointer?) -> Void) {
        let block = 16
        pool.run((rows + block - 1) / block) { index, worker in
            for row in index * block..<min(rows, (index + 1) * block) { body(row, worker) }
        }
    }

    private func reserve(_ rows: Int) {
        if form == .blocks { blockRows?.reserve(rows) }
        guard rows > capacity else { return }
        capacity = rows
        guard arithmetic == .int8 else {
            copy = Matrix(rows: rows, columns: columns)
            return
        }
        releaseCodes()
        codes = AlignedMemory.allocate(Int8.self, count: rows * columns)
        scales = AlignedMemory.allocate(Float.self, count: rows * columns / group)
        sums = AlignedMemory.allocate(Int32.self, count: rows * columns / group)
    }

    private func releaseCodes() {
        codes?.deallocate()
        scales?.deallocate()
        sums?.deallocate()
    }
}
