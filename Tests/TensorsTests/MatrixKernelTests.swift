import CKernels
import TestSupport
import Testing

/// Matrix tiles of every instruction set against their scalar definitions: every number of rows, depths around the
/// unrolled loops, strides that are not the width, addresses that are not aligned.
@Suite struct MatrixKernelTests {
    static let width = Int(IR_PANEL_WIDTH)

    @Test(arguments: InstructionSet.vector) func packingIsTransposition(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 30)
        for rows in [1, 7, 8, 9, 15, 16, 17, 31, 32] {
            for depth in [1, 3, 4, 7, 8, 9, 15, 16, 17, 40] {
                let source = GuardedArray(generator.normals(rows * (depth + 3)))
                let panel = GuardedArray<Float>(count: depth * Self.width)
                set.kernels.pack_panel(source.pointer, depth + 3, rows, depth, panel.pointer)
                let expected = (0..<depth * Self.width).map { at in
                    let (k, r) = at.quotientAndRemainder(dividingBy: Self.width)
                    return r < rows ? source.values[r * (depth + 3) + k] : 0
                }
                #expect(panel.values == expected)
                #expect(panel.guardsStand)
            }
        }
    }

    @Test(arguments: InstructionSet.vector) func floatTiles(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 31)
        for rows in 1...set.kernels.gemm_tile_rows {
            for depth in [0, 1, 2, 3, 4, 5, 7, 8, 31, 64, 65] {
                let aStride = depth + 3, panelStride = Self.width + 5, cStride = Self.width + 1
                let a = GuardedArray(generator.normals(rows * aStride))
                let panel = GuardedArray(generator.normals(max(1, depth) * panelStride))
                let start = generator.normals(rows * cStride)
                for accumulate in [false, true] {
                    let c = GuardedArray(start)
                    set.kernels.gemm_tile(
                        rows, depth, a.pointer, aStride, panel.pointer, panelStride, c.pointer, cStride, accumulate)
                    let (expected, magnitude) = product(
                        rows, depth, a.values, aStride, panel.values, panelStride, start, cStride, accumulate)
                    #expect(worstExcess(c.values, expected) { Double(depth + 2) * roundingUnit * magnitude[$0] } <= 1)
                    #expect(c.guardsStand)
                }
            }
        }
    }

    /// The tile in double precision, and the sums of magnitudes that bound its rounding errors. Columns beyond the panel's
    /// width keep what they had.
    private func product(
        _ rows: Int, _ depth: Int, _ a: [Float], _ aStride: Int, _ panel: [Float], _ panelStride: Int, _ start: [Float],
        _ cStride: Int, _ accumulate: Bool
    ) -> ([Double], [Double]) {
        var sums = start.map(Double.init), magnitudes = start.map { abs(Double($0)) }
        for i in 0..<rows {
            for j in 0..<Self.width {
                var sum = accumulate ? Double(start[i * cStride + j]) : 0
                var magnitude = abs(sum)
                for k in 0..<depth {
                    let term = Double(a[i * aStride + k]) * Double(panel[k * panelStride + j])
                    sum += term
                    magnitude += abs(term)
                }
                sums[i * cStride + j] = sum
                magnitudes[i * cStride + j] = magnitude
            }
        }
        return (sums, magnitudes)
    }

    @Test(arguments: InstructionSet.vector) func activationCodesAreTheSame(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 32)
        for group in [4, 8, 12, 16, 20, 28, 32, 64, 192, 256] {
            var values = generator.normals(5 * group)
            // A group of zeros, one of numbers too small for a scale, ties, and the extremes.
            for i in 0..<group { values[group + i] = 0 }
            for i in 0..<group { values[2 * group + i] *= 1e-38 }
            for i in 0..<group { values[3 * group + i] = Float(i % 255) - 127 + 0.5 }
            values[3 * group] = 127
            let x = GuardedArray(values)
            let (expectedCodes, expectedScales, expectedSums) = quantized(.scalar, x, group)
            let (codes, scales, sums) = quantized(set, x, group)
            #expect(codes.values == expectedCodes.values)
            #expect(scales.values == expectedScales.values)
            #expect(sums.values == expectedSums.values)
            #expect(codes.guardsStand && scales.guardsStand && sums.guardsStand)
        }
    }

    @Test(arguments: InstructionSet.all) func rotationIsTheWalshHadamardTransform(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 36)
        for count in [64, 192] {
            let x = GuardedArray(generator.normals(count))
            let before = x.values
            set.kernels.rotate(x.pointer, count)
            let expected = before.indices.map { i in
                (0..<64).reduce(0.0) { sum, j in
                    let value = Double(before[i / 64 * 64 + j])
                    return (i & j & 63).nonzeroBitCount.isMultiple(of: 2) ? sum + value : sum - value
                } / 8
            }
            #expect(worstExcess(x.values, expected) { _ in 64 * roundingUnit } <= 1)
            set.kernels.rotate(x.pointer, count)
            #expect(worstExcess(x.values, before.map(Double.init)) { _ in 64 * roundingUnit } <= 1)
            #expect(x.guardsStand)
        }
    }

    /// The definition: a code is off by half a step at most, and the sums are the codes'.
    @Test func codesAreRounded() {
        var generator = SeededGenerator(seed: 33)
        let x = GuardedArray(generator.normals(3 * 64))
        let (codes, scales, sums) = quantized(.scalar, x, 64)
        for g in 0..<3 {
            let range = g * 64..<(g + 1) * 64
            #expect(codes.values[range].map { abs(Int($0)) }.max() == 127)
            #expect(Int(sums.values[g]) == codes.values[range].reduce(0) { $0 + Int($1) })
            for i in range {
                let error = abs(Double(x.values[i]) - Double(codes.values[i]) * Double(scales.values[g]))
                #expect(error <= Double(scales.values[g]) * (0.5 + 1e-5))
            }
        }
    }

    private func quantized(
        _ set: InstructionSet, _ x: GuardedArray<Float>, _ group: Int
    ) -> (GuardedArray<Int8>, GuardedArray<Float>, GuardedArray<Int32>) {
        let codes = GuardedArray<Int8>(count: x.count), scales = GuardedArray<Float>(count: x.count / group)
        let sums = GuardedArray<Int32>(count: x.count / group)
        set.kernels.quantize_row(x.pointer, x.count, group, codes.pointer, scales.pointer, sums.pointer)
        return (codes, scales, sums)
    }

    @Test(arguments: InstructionSet.vector) func weightCodesAreTheSame(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 34)
        for (rows, group, groups) in [(32, 32, 3), (1, 4, 1), (17, 28, 2), (31, 192, 2), (32, 256, 1), (8, 12, 5)] {
            let depth = group * groups
            let source = GuardedArray(generator.normals(rows * (depth + 1)))
            let results = [InstructionSet.scalar, set].map { set in
                let panel = GuardedArray<UInt8>(count: depth * Self.width)
                let scales = GuardedArray<Float>(count: groups * Self.width)
                set.kernels.pack_panel_int8(
                    source.pointer, depth + 1, rows, depth, group, panel.pointer, scales.pointer)
                #expect(panel.guardsStand && scales.guardsStand)
                return (panel.values, scales.values)
            }
            #expect(results[0].0 == results[1].0)
            #expect(results[0].1 == results[1].1)
            #expect(results[0].0.contains { $0 != 128 })
        }
    }

    /// With scales that are powers of two and sums below 2^24 every step is exact: the integers of every instruction set
    /// are the definition's, at the extremes of the codes too.
    @Test(arguments: InstructionSet.vector) func int8TilesAreExact(_ set: InstructionSet) {
        var generator = SeededGenerator(seed: 35)
        for rows in 1...set.kernels.gemm_int8_tile_rows {
            for (group, groups) in [(4, 1), (12, 3), (16, 2), (20, 1), (32, 3), (192, 2), (256, 1)] {
                let depth = group * groups
                let extreme = generator.uniform() < 0.3
                let x = GuardedArray(
                    (0..<rows * depth).map { _ in
                        extreme ? 127 : Int8(truncatingIfNeeded: Int(generator.next() % 255) - 127)
                    })
                let sums = GuardedArray(
                    (0..<rows * groups).map { at in
                        let start = at / groups * depth + at % groups * group
                        return x.values[start..<start + group].reduce(Int32(0)) { $0 + Int32($1) }
                    })
                let panel = GuardedArray(
                    (0..<depth * Self.width).map { _ in extreme ? 255 : UInt8(generator.next() % 255 + 1) })
                let xScales = GuardedArray(
                    (0..<rows * groups).map { _ in [0.5, 1, 2][Int(generator.next() % 3)] as Float })
                let scales = GuardedArray(
                    (0..<groups * Self.width).map { _ in [0.5, 1][Int(generator.next() % 2)] as Float })
                let start = (0..<rows * (Self.width + 1)).map { _ in Float(generator.next() % 100) }
                for accumulate in [false, true] {
                    let results = [InstructionSet.scalar, set].map { set in
                        let c = GuardedArray(start)
                        // The scalar tile takes fewer rows at once.
                        for first in stride(from: 0, to: rows, by: set.kernels.gemm_int8_tile_rows) {
                            set.kernels.gemm_tile_int8(
                                min(set.kernels.gemm_int8_tile_rows, rows - first), groups, group,
                                x.pointer + first * depth, depth, xScales.pointer + first * groups,
                                sums.pointer + first * groups, panel.pointer, scales.pointer,
                                c.pointer + first * (Self.width + 1), Self.width + 1, accumulate)
                        }
                        #expect(c.guardsStand)
                        return c.values
                    }
                    #expect(results[0] == results[1])
                    #expect(results[0] != start)
                }
            }
        }
    }
}
