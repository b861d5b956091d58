import CKernels

/// A layer's weights in the model file's own blocks, laid into each other for multiplication: see `ir_blocks.h`.
struct BlockWeights {
    private let weights: ir_weights_blocks

    /// Whether a format has blocks of 4 or 5 bits, and this CPU multiplies them faster than int8 panels: 8 bits would be read
    /// either way, and the 6 of Q6_K save too little to pay for unpacking them.
    static func suits(_ format: BlockFormat) -> Bool {
        Kernels.current.pointee.multiplies_blocks && reader(of: format) != nil
    }

    /// Bytes that the blocks of a layer take, and that multiplying with them reads; nil if the format has no such blocks.
    static func byteCount(_ format: BlockFormat, outputs: Int, inputs: Int) -> Int? {
        reader(of: format).map { groups(outputs: outputs, inputs: inputs) * ir_block_group_bytes($0.coding) }
    }

    private static func groups(outputs: Int, inputs: Int) -> Int {
        PanelPartition.panelCount(outputs: outputs) * (inputs / Int(IR_BLOCK_INPUTS))
    }

    /// Nil if the format has no such blocks.
    init?(_ stored: ir_weights, format: BlockFormat, on pool: ThreadPool) {
        guard let (coding, reader) = BlockWeights.reader(of: format) else { return nil }
        let groups = BlockWeights.groups(outputs: stored.outputs, inputs: stored.inputs)
        let weights = ir_weights_blocks(
            panels: AlignedMemory.allocate(UInt8.self, count: groups * ir_block_group_bytes(coding)), coding: coding,
            outputs: stored.outputs, inputs: stored.inputs)
        pool.run(PanelPartition.panelCount(outputs: stored.outputs)) { panel, worker in
            withUnsafePointer(to: stored) { stored in
                withUnsafePointer(to: weights) { weights in
                    ir_linear_pack_blocks(stored, reader, weights, panel, worker)
                }
            }
        }
        self.weights = weights
    }

    /// How a format's blocks are coded, and what takes them apart.
    static func reader(of format: BlockFormat) -> (coding: ir_block_coding, read: ir_block_reader)? {
        switch format {
        case .q4_0: (ir_block_coding(fifth_bits: false, minima: false), ir_read_block_q4_0)
        case .q4_1: (ir_block_coding(fifth_bits: false, minima: true), ir_read_block_q4_1)
        case .q5_0: (ir_block_coding(fifth_bits: true, minima: false), ir_read_block_q5_0)
        case .q5_1: (ir_block_coding(fifth_bits: true, minima: true), ir_read_block_q5_1)
        case .q4_K: (ir_block_coding(fifth_bits: false, minima: true), ir_read_block_q4_k)
        case .q5_K: (ir_block_coding(fifth_bits: true, minima: true), ir_read_block_q5_k)
        case .f32, .f16, .bf16, .q8_0, .q6_K: nil
        }
    }

    /// The panels' outputs; y's column 0 is the first panel's first output.
    func multiply(
        _ x: ir_rows_blocks, bias: UnsafePointer<Float>?, panels: Range<Int>, into y: ir_rows, _ output: ir_output
    ) {
        withUnsafePointer(to: weights) { weights in
            ir_linear_blocks(Kernels.current, weights, bias, x, y, output, panels.lowerBound, panels.count)
        }
    }

    func deallocate() { weights.panels?.deallocate() }
}
