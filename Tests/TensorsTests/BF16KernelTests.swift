import CKernels
import TestSupport
import Testing

/// Bf16 matrix operations of every instruction set against their scalar definitions.
@Suite struct BF16KernelTests {
    static let width = Int(IR_PANEL_WIDTH)

    @Test(arguments: InstructionSet.vector) func roundingIsTheSame(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 60)
        for count in [1, 7, 15, 16, 17, 64, 100] {
            var values = generator.normals(count)
            // A tie goes to the even neighbour: 1 + 2^-8 lies between 1 and 1 + 2^-7.
            values[0] = 1 + 0x1p-8
            let x = GuardedArray(values)
            for factor: Float in [1, 0.125] {
                let results = [InstructionSet.scalar, set].map { set in
                    let out = GuardedArray<UInt16>(count: count)
                    set.kernels.round_bf16(x.pointer, count, factor, out.pointer)
                    #expect(out.guardsStand)
                    return out.values
                }
                #expect(results[0] == results[1])
                #expect(results[0][0] == (factor == 1 ? 0x3F80 : 0x3E00))
            }
        }
    }

    @Test(arguments: InstructionSet.vector) func pairsAreTheSame(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 61)
        for (rows, columns, width) in [(1, 64, 64), (2, 20, 32), (7, 80, 96), (32, 7, 32), (9, 128, 128)] {
            let source = GuardedArray(generator.normals(rows * (columns + 3)))
            let results = [InstructionSet.scalar, set].map { set in
                let panel = GuardedArray<UInt16>(count: (rows + 1) / 2 * 2 * width)
                set.kernels.pair_rows_bf16(source.pointer, columns + 3, rows, columns, width, panel.pointer)
                #expect(panel.guardsStand)
                return panel.values
            }
            #expect(results[0] == results[1])
            #expect(results[0].contains { $0 != 0 })
        }
    }

    @Test(arguments: InstructionSet.vector) func tiles(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 62)
        for rows in 1...set.kernels.gemm_bf16_tile_rows {
            for pairs in [0, 1, 3, 4, 5, 8, 33] {
                let aStride = 2 * pairs + 2, panelStride = 2 * Self.width + 6, cStride = Self.width + 1
                let a = GuardedArray(halves(rows * aStride, &generator))
                let panel = GuardedArray(halves(max(1, pairs) * panelStride, &generator))
                let start = generator.normals(rows * cStride)
                for accumulate in [false, true] {
                    let results = [InstructionSet.scalar, set].map { set in
                        let c = GuardedArray(start)
                        for first in stride(from: 0, to: rows, by: set.kernels.gemm_bf16_tile_rows) {
                            set.kernels.gemm_tile_bf16(
                                min(set.kernels.gemm_bf16_tile_rows, rows - first), pairs, a.pointer + first * aStride,
                                aStride, panel.pointer, panelStride, c.pointer + first * cStride, cStride, accumulate)
                        }
                        #expect(c.guardsStand)
                        return c.values
                    }
                    // Products of normal numbers: sums of 2 * pairs of them, each rounded.
                    let bound = Double(2 * pairs + 2) * roundingUnit * (16 * Double(2 * pairs) + 8)
                    #expect(worstExcess(results[1], results[0].map(Double.init)) { _ in bound } <= 1)
                }
            }
        }
    }

    /// Rows of float32 with panels of bf16.
    @Test(arguments: InstructionSet.vector) func pairedTiles(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 65)
        for rows in 1...set.kernels.gemm_tile_rows {
            for pairs in [0, 1, 3, 4, 33] {
                let aStride = 2 * pairs + 2, panelStride = 2 * Self.width + 6, cStride = Self.width + 1
                let a = GuardedArray(generator.normals(rows * aStride))
                let panel = GuardedArray(halves(max(1, pairs) * panelStride, &generator))
                let start = generator.normals(rows * cStride)
                for accumulate in [false, true] {
                    let results = [InstructionSet.scalar, set].map { set in
                        let c = GuardedArray(start)
                        for first in stride(from: 0, to: rows, by: set.kernels.gemm_tile_rows) {
                            set.kernels.gemm_tile_paired(
                                min(set.kernels.gemm_tile_rows, rows - first), pairs, a.pointer + first * aStride,
                                aStride, panel.pointer, panelStride, c.pointer + first * cStride, cStride, accumulate)
                        }
                        #expect(c.guardsStand)
                        return c.values
                    }
                    let bound = Double(2 * pairs + 2) * roundingUnit * (16 * Double(2 * pairs) + 8)
                    #expect(worstExcess(results[1], results[0].map(Double.init)) { _ in bound } <= 1)
                    #expect(pairs == 0 || results[1] != start)
                }
            }
        }
    }

    /// Three blocks of scores one after the other, of which row r sees fewer and fewer: powers, their sums and the
    /// corrections against the float32 definition, within the rounding to bf16.
    @Test(arguments: InstructionSet.all) func runningSoftmax(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 63)
        let rows = 5
        for padded in [32, 64, 96, 128] {
            let stride = padded + 7
            // The last row sees nothing.
            let first = [0, 0, 1, 17, padded], last = [padded, padded - 1, padded, padded - 8, padded]
            var maxima = [[Float](repeating: -.infinity, count: rows), [Float](repeating: -.infinity, count: rows)]
            var totals = [[Float](repeating: 0, count: rows), [Float](repeating: 0, count: rows)]
            for deviation: Float in [1, 6, 40] {
                let scores = GuardedArray(generator.normals(rows * stride, deviation: deviation))
                let before = scores.values
                let powers = GuardedArray<UInt16>(count: rows * stride)
                var corrections = [[Float](repeating: -1, count: rows), [Float](repeating: -1, count: rows)]
                set.kernels.softmax_rows_bf16(
                    rows, scores.pointer, stride, first, last, padded, &maxima[0], &totals[0], &corrections[0],
                    powers.pointer, stride)
                #expect(scores.values == before)
                #expect(powers.guardsStand)
                InstructionSet.scalar.kernels.softmax_rows(
                    rows, scores.pointer, stride, first, last, padded, &maxima[1], &totals[1], &corrections[1])
                #expect(maxima[0] == maxima[1])
                for row in 0..<rows {
                    #expect(abs(corrections[0][row] - corrections[1][row]) <= 2e-4 * corrections[1][row])
                    #expect(abs(totals[0][row] - totals[1][row]) <= 2e-4 * totals[1][row])
                    for i in row * stride..<row * stride + padded {
                        let power = Float(bitPattern: UInt32(powers.values[i]) << 16), expected = scores.values[i]
                        #expect(abs(power - expected) <= (0x1p-8 + 2e-4) * expected + 1e-30)
                    }
                }
            }
        }
    }

    private func halves(_ count: Int, _ generator: inout SeededGenerator) -> [UInt16] {
        generator.normals(count).map { UInt16(truncatingIfNeeded: $0.bitPattern >> 16) }
    }
}
