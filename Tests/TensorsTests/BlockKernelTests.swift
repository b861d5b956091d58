import CKernels
import TestSupport
import Testing

/// Products with weights in blocks: the definition in exact numbers, and every instruction set against the definition.
@Suite struct BlockKernelTests {
    static let width = Int(IR_PANEL_WIDTH)
    static let codings = [false, true].flatMap { fifthBits in
        [false, true].map { ir_block_coding(fifth_bits: fifthBits, minima: $0) }
    }

    /// A panel of random codes, its numbers, and random activations. Scales that are powers of two and sums below 2^24 make
    /// every step exact; `extreme` makes all codes the largest.
    private struct Operands {
        let coding: ir_block_coding
        let groups: Int
        let rows: Int
        let panel: GuardedArray<UInt8>
        let x: GuardedArray<Int8>
        let scales: GuardedArray<Float>
        let sums: GuardedArray<Float>
        /// codes[g][row][input], scale[g][row], minimum[g][row].
        private(set) var codes: [[[Int]]] = []
        private(set) var weightScales: [[Float]] = []
        private(set) var minima: [[Float]] = []

        init(
            _ coding: ir_block_coding, groups: Int, rows: Int, extreme: Bool, using generator: inout SeededGenerator
        ) {
            self.coding = coding
            self.groups = groups
            self.rows = rows
            let width = BlockKernelTests.width, inputs = Int(IR_BLOCK_INPUTS), largest = coding.fifth_bits ? 31 : 15
            var bytes: [UInt8] = []
            for _ in 0..<groups {
                var group = [UInt8](repeating: 0, count: ir_block_group_bytes(coding))
                var allCodes: [[Int]] = [], scales: [Float] = [], minima: [Float] = []
                for row in 0..<width {
                    let codes = (0..<inputs).map { _ in
                        extreme ? largest : Int(generator.next() % UInt64(largest + 1))
                    }
                    let scale: Float = [0.5, 1, -2][Int(generator.next() % 3)]
                    let minimum = coding.minima ? -Float(generator.next() % 32) : -scale * Float(largest + 1) / 2
                    func put(_ value: Float, at offset: Int) {
                        let bits = ir_float_to_half(value)
                        group[offset] = UInt8(truncatingIfNeeded: bits)
                        group[offset + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                    }
                    put(scale, at: 2 * row)
                    if coding.minima { put(minimum, at: ir_block_minima_at() + 2 * row) }
                    for (input, code) in codes.enumerated() {
                        let (step, lane) = input.quotientAndRemainder(dividingBy: 4)
                        let byte = row % 16 * 4 + lane
                        group[ir_block_steps_at(coding) + step * 64 + byte] |= UInt8(code & 15) << (row < 16 ? 0 : 4)
                        if coding.fifth_bits {
                            group[ir_block_fifth_bits_at(coding) + row / 16 * 64 + byte] |= UInt8(code >> 4) << step
                        }
                    }
                    allCodes.append(codes)
                    scales.append(scale)
                    minima.append(minimum)
                }
                bytes += group
                codes.append(allCodes)
                weightScales.append(scales)
                self.minima.append(minima)
            }
            panel = GuardedArray(bytes)
            let x = (0..<rows * groups * inputs).map { _ in
                extreme ? (rows.isMultiple(of: 2) ? Int8(127) : -127) : Int8(Int(generator.next() % 255) - 127)
            }
            let xScales = (0..<rows * groups).map { _ in [0.5, 1, 2][Int(generator.next() % 3)] as Float }
            self.x = GuardedArray(x)
            scales = GuardedArray(xScales)
            sums = GuardedArray(
                (0..<rows * groups).map { at in
                    xScales[at] * Float(x[at * inputs..<(at + 1) * inputs].reduce(0) { $0 + Int($1) })
                })
        }

        /// The tile of an instruction set, added to `start` or replacing it.
        func product(_ set: InstructionSet, start: [Float], accumulate: Bool) -> [Float] {
            let c = GuardedArray(start), inputs = groups * Int(IR_BLOCK_INPUTS), stride = BlockKernelTests.width + 1
            let most = set.kernels.gemm_blocks_tile_rows
            for first in Swift.stride(from: 0, to: rows, by: most) {
                set.kernels.gemm_tile_blocks(
                    min(most, rows - first), groups, coding, x.pointer + first * inputs, inputs,
                    scales.pointer + first * groups, sums.pointer + first * groups, panel.pointer,
                    c.pointer + first * stride, stride, accumulate)
            }
            #expect(c.guardsStand)
            return c.values
        }

        /// The same in double precision.
        func expected(start: [Float], accumulate: Bool) -> [Float] {
            var c = start
            let width = BlockKernelTests.width, inputs = Int(IR_BLOCK_INPUTS)
            for row in 0..<rows {
                for j in 0..<width {
                    var sum = accumulate ? Double(start[row * (width + 1) + j]) : 0
                    for g in 0..<groups {
                        for k in 0..<inputs {
                            let weight = Double(weightScales[g][j]) * Double(codes[g][j][k]) + Double(minima[g][j])
                            sum +=
                                weight * Double(scales.values[row * groups + g])
                                * Double(x.values[(row * groups + g) * inputs + k])
                        }
                    }
                    c[row * (width + 1) + j] = Float(sum)
                }
            }
            return c
        }
    }

    @Test(arguments: codings) func theDefinitionIsTheSumOfProducts(_ coding: ir_block_coding) {
        var generator = SeededGenerator(seed: 50)
        for (rows, groups, extreme) in [(1, 1, false), (2, 3, false), (7, 2, true)] {
            let operands = Operands(coding, groups: groups, rows: rows, extreme: extreme, using: &generator)
            let start = (0..<rows * (Self.width + 1)).map { _ in Float(generator.next() % 100) }
            for accumulate in [false, true] {
                #expect(
                    operands.product(.scalar, start: start, accumulate: accumulate)
                        == operands.expected(start: start, accumulate: accumulate))
            }
        }
    }

    @Test(arguments: InstructionSet.vector, codings) func tilesAreExact(
        _ set: InstructionSet, _ coding: ir_block_coding
    ) {
        var generator = SeededGenerator(seed: 51)
        for rows in [1, 2, 3, 4, 5, 6, 7, 16] {
            for (groups, extreme) in [(1, false), (2, true), (5, false)] {
                let operands = Operands(coding, groups: groups, rows: rows, extreme: extreme, using: &generator)
                let start = (0..<rows * (Self.width + 1)).map { _ in Float(generator.next() % 100) }
                for accumulate in [false, true] {
                    let result = operands.product(set, start: start, accumulate: accumulate)
                    #expect(result == operands.product(.scalar, start: start, accumulate: accumulate))
                    #expect(result != start)
                }
            }
        }
    }
}
