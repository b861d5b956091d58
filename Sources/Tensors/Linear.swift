import CKernels
import Synchronization

/// Why weights cannot become a linear layer.
public enum LinearError: Error, Equatable, CustomStringConvertible {
    /// The row length is not a whole number of the format's blocks.
    case partialBlocks(inputs: Int, format: BlockFormat)
    /// There are fewer bytes than the shape needs.
    case tooFewBytes(needed: Int, present: Int)
    /// A size is zero, negative or overflows.
    case impossibleShape(outputs: Int, inputs: Int)
    /// The bias has another length than the outputs.
    case biasLength(expected: Int, present: Int)
    /// Int8 arithmetic needs inputs that are a multiple of 4.
    case unsuitedForInt8(inputs: Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .partialBlocks(let inputs, let format):
            "A row of \(inputs) weights is not a whole number of \(format.name) blocks "
                + "(\(format.elementsPerBlock) each): the model file is damaged or of another kind; fetch it again."
        case .tooFewBytes(let needed, let present):
            "The weights need \(needed) bytes and have \(present): the model file is cut short; fetch it again."
        case .impossibleShape(let outputs, let inputs):
            "Weights cannot have the shape \(outputs) x \(inputs): the model file is damaged; fetch it again."
        case .biasLength(let expected, let present):
            "A bias has \(present) values for \(expected) outputs: the model file is damaged; fetch it again."
        case .unsuitedForInt8(let inputs):
            "Rows of \(inputs) weights are not a multiple of 4: use the float32 arithmetic for this model."
        }
    }
}

/// The weights of y = x * transpose(W) (+ bias), W being outputs x inputs in any block format, prepared once.
///
/// Float32 decodes the weights where they stand, each time; int8 repacks them: about one byte a weight, and once something is
/// decoded another 4.5 to 6 bits, see `WeightForm`.
public final class Linear: @unchecked Sendable {
    /// Columns of y.
    public let outputs: Int
    /// Columns of x.
    public let inputs: Int
    /// In which numbers the layer multiplies.
    public let arithmetic: Arithmetic

    private let stored: ir_weights
    private let packed: ir_weights_int8
    /// The format, if it has a form for a few rows.
    private let blockFormat: BlockFormat?
    /// Made when rows in that form first come; see `prepare(for:on:)`.
    private var blocks: BlockWeights?
    private let blocksLock = Mutex(())
    private let bias: UnsafeMutablePointer<Float>?
    private let owner: (any Sendable)?

    /// Prepares weights.
    ///
    /// - Parameters:
    ///   - bytes: outputs * inputs elements in `format`, row by row. The memory must outlive the layer.
    ///   - owner: kept alive as long as the layer: what owns `bytes`, if anything.
    ///   - bias: `outputs` values, or nil.
    public init(
        format: BlockFormat, bytes: UnsafeRawBufferPointer, outputs: Int, inputs: Int, bias: [Float]? = nil,
        arithmetic: Arithmetic, pool: ThreadPool, owner: (any Sendable)? = nil
    ) throws(LinearError) {
        guard outputs > 0, inputs > 0 else {
            throw .impossibleShape(outputs: outputs, inputs: inputs)
        }
        guard inputs.isMultiple(of: format.elementsPerBlock), let rowBytes = format.byteCount(elements: inputs) else {
            throw .partialBlocks(inputs: inputs, format: format)
        }
        let (needed, overflow) = rowBytes.multipliedReportingOverflow(by: outputs)
        guard !overflow else { throw .impossibleShape(outputs: outputs, inputs: inputs) }
        guard bytes.count >= needed, let start = bytes.baseAddress else {
            throw .tooFewBytes(needed: needed, present: bytes.count)
        }
        if let bias, bias.count != outputs { throw .biasLength(expected: outputs, present: bias.count) }
        self.outputs = outputs
        self.inputs = inputs
        self.arithmetic = arithmetic
        self.owner = owner
        stored = ir_weights(
            rows: start, row_bytes: rowBytes, dequantize: format.decoder(of: Kernels.current.pointee),
            block_elements: format.elementsPerBlock,
            block_bytes: format.bytesPerBlock, outputs: outputs, inputs: inputs)
        switch arithmetic {
        case .float32:
            packed = ir_weights_int8()
            blockFormat = nil
        case .int8:
            guard let coding = Int8Coding(inputs: inputs) else { throw .unsuitedForInt8(inputs: inputs) }
            packed = Linear.repack(stored, coding, on: pool)
            blockFormat = BlockWeights.suits(format) ? format : nil
        }
        self.bias = bias.map { values in
            let memory = AlignedMemory.allocate(Float.self, count: values.count)
            memory.initialize(from: values, count: values.count)
            return memory
        }
    }

    deinit {
        packed.codes?.deallocate()
        packed.scales?.deallocate()
        blocks?.deallocate()
        bias?.deallocate()
    }

    /// Whether the layer has a form of its own for a few rows: the model file's blocks. If not, inputs in that form are
    /// multiplied with the panels.
    public var multipliesBlocks: Bool { blockFormat != nil }

    /// y = x * transpose(W) (+ bias), in the form that x was loaded in. x: T x inputs; y: T x outputs.
    public func apply(_ x: LinearInput, into y: MatrixView, on pool: ThreadPool) {
        apply(x, to: y, IR_OUTPUT_REPLACE, on: pool)
    }

    /// y += x * transpose(W) (+ bias). x: T x inputs; y: T x outputs.
    public func apply(_ x: LinearInput, addingTo y: MatrixView, on pool: ThreadPool) {
        apply(x, to: y, IR_OUTPUT_ADD, on: pool)
    }

    private func apply(_ x: LinearInput, to y: MatrixView, _ output: ir_output, on pool: ThreadPool) {
        Self.apply([(self, y)], x, output, on: pool)
    }

    /// y = x * transpose(W) (+ bias) for several layers of one input, in one loop.
    public static func apply(_ layers: [(layer: Linear, y: MatrixView)], _ x: LinearInput, on pool: ThreadPool) {
        apply(layers, x, IR_OUTPUT_REPLACE, on: pool)
    }

    private static func apply(
        _ layers: [(layer: Linear, y: MatrixView)], _ x: LinearInput, _ output: ir_output, on pool: ThreadPool
    ) {
        var tasks: [(layer: Int, panels: Range<Int>)] = []
        for (index, (layer, y)) in layers.enumerated() {
            precondition(
                y.rows == x.rows && y.columns == layer.outputs, "y must have x's rows and the layer's outputs.")
            layer.prepare(for: x, on: pool)
            let partition = PanelPartition(outputs: layer.outputs, rows: x.rows, threads: pool.threads)
            tasks += (0..<partition.tasks).map { (index, partition.panels(of: $0)) }
        }
        pool.run(tasks.count) { task, worker in
            let (index, panels) = tasks[task]
            let (layer, y) = layers[index]
            layer.multiply(x, panels: panels, into: y.rows(from: panels.lowerBound), output, worker)
        }
    }

    /// Makes the form of the weights that an input wants, if it is not there yet: most passes never need the one for a few rows,
    /// and then it takes no memory.
    func prepare(for x: LinearInput, on pool: ThreadPool) {
        guard x.form == .blocks, let blockFormat else { return }
        blocksLock.withLock { _ in
            if blocks == nil { blocks = BlockWeights(stored, format: blockFormat, on: pool) }
        }
    }

    /// Bytes of the weights that are read to multiply a few rows.
    public var bytesForFewRows: Int {
        let scales = packed.group > 0 ? outputs * inputs / packed.group * MemoryLayout<Float>.stride : 0
        return blockFormat.flatMap { BlockWeights.byteCount($0, outputs: outputs, inputs: inputs) }
            ?? (arithmetic == .int8 ? outputs * inputs + scales : stored.row_bytes * outputs)
    }

    /// One task's share of an input that the layer was prepared for; y's column 0 is the first panel's first output.
    func multiply(
        _ x: LinearInput, panels: Range<Int>, into y: ir_rows, _ output: ir_output, _ worker: OpaquePointer?
    ) {
        precondition(x.columns == inputs && x.arithmetic == arithmetic, "The input was made for another layer.")
        switch arithmetic {
        case .float32:
            withUnsafePointer(to: stored) { weights in
                ir_linear_float32(
                    Kernels.current, weights, bias, x.values.all, y, output, panels.lowerBound, panels.count, worker)
            }
        case .int8: multiplyInt8(x, rows: 0..<x.rows, panels: panels, into: y, output)
        }
    }

    /// Int8: the panels' outputs of some rows; y's column 0 is the first panel's first output.
    func multiplyInt8(
        _ x: LinearInput, rows: Range<Int>, panels: Range<Int>, into y: ir_rows, _ output: ir_output
    ) {
        if x.form == .blocks, let blocks, let rows = x.blocks(rows: rows) {
            blocks.multiply(rows, bias: bias, panels: panels, into: y, output)
        } else {
            withUnsafePointer(to: packed) { weights in
                ir_linear_int8(
                    Kernels.current, weights, bias, x.int8(rows: rows), y, output, panels.lowerBound, panels.count)
            }
        }
    }

    private static func repack(_ weights: ir_weights, _ coding: Int8Coding, on pool: ThreadPool) -> ir_weights_int8 {
        let panels = PanelPartition.panelCount(outputs: weights.outputs)
        let elements = panels * PanelPartition.panelWidth * weights.inputs
        let packed = ir_weights_int8(
            codes: AlignedMemory.allocate(UInt8.self, count: elements),
            scales: AlignedMemory.allocate(Float.self, count: elements / coding.group), outputs: weights.outputs,
            inputs: weights.inputs, group: coding.group, rotated: coding.rotated)
        pool.run(panels) { panel, worker in
            withUnsafePointer(to: weights) { weights in
                withUnsafePointer(to: packed) { packed in
                    ir_linear_pack_int8(Kernels.current, weights, packed, panel, worker)
                }
            }
        }
        return packed
    }
}
