import CKernels
import TestSupport
import Testing

/// Every elementwise operation of every instruction set against its scalar definition, or against double precision: all
/// lengths around one and two vectors, at addresses that are not aligned.
@Suite struct ElementwiseKernelTests {
    static let lengths = Array(1...35) + [63, 64, 65, 129, 576]

    private func random(_ count: Int, seed: UInt64, deviation: Float = 2) -> GuardedArray<Float> {
        var generator = SeededGenerator(seed: seed)
        return GuardedArray(generator.normals(count, deviation: deviation))
    }

    @Test(arguments: InstructionSet.all) func dotProduct(_ set: InstructionSet) {
        for length in Self.lengths {
            let x = random(length, seed: 1), y = random(length, seed: 2)
            let products = zip(x.values, y.values).map { Double($0) * Double($1) }
            let sum = set.kernels.dot(x.pointer, y.pointer, length)
            // A sum of n products is within n rounding units of the sum of their magnitudes.
            let bound = Double(length + 1) * roundingUnit * products.reduce(0) { $0 + abs($1) }
            #expect(abs(Double(sum) - products.reduce(0, +)) <= bound)
        }
    }

    @Test(arguments: InstructionSet.all) func additionAndScaling(_ set: InstructionSet) {
        for length in Self.lengths {
            let x = random(length, seed: 3), y = random(length, seed: 4)
            let expected = zip(x.values, y.values).map { ($0 + $1) * 1.7 }
            set.kernels.add(x.pointer, y.pointer, length)
            set.kernels.scale(y.pointer, length, 1.7)
            #expect(y.values == expected)
            #expect(x.guardsStand && y.guardsStand)
        }
    }

    @Test(arguments: InstructionSet.all) func rootMeanSquareNorm(_ set: InstructionSet) {
        for length in Self.lengths {
            let x = random(length, seed: 5), weight = random(length, seed: 6), out = GuardedArray<Float>(count: length)
            set.kernels.rms_norm(x.pointer, weight.pointer, length, 1e-5, out.pointer)
            let squares = x.values.reduce(0) { $0 + Double($1) * Double($1) }
            let factor = 1 / (squares / Double(length) + Double(Float(1e-5))).squareRoot()
            // The sum of squares adds length / 2 units at most (under a root); quotient, root and products eight more.
            let excess = worstExcess(
                out.values, (0..<length).map { Double(x.values[$0]) * factor * Double(weight.values[$0]) }
            ) {
                Double(length + 16) / 2 * roundingUnit * abs(Double(x.values[$0]) * factor * Double(weight.values[$0]))
            }
            #expect(excess <= 1)
            #expect(out.guardsStand)
        }
    }

    @Test(arguments: InstructionSet.all, [false, true]) func gatedActivation(_ set: InstructionSet, gelu: Bool) {
        for length in Self.lengths {
            let gate = random(length, seed: 7, deviation: 5), up = random(length, seed: 8)
            let out = GuardedArray<Float>(count: length)
            let multiply = gelu ? set.kernels.gelu_multiply : set.kernels.silu_multiply
            multiply?(gate.pointer, up.pointer, out.pointer, length)
            let expected = zip(gate.values, up.values).map { gate, up in
                Double(up) * (gelu ? Reference.gelu(Double(gate)) : Reference.silu(Double(gate)))
            }
            // exp(z) is within two units plus the roundings of z, |z| < 200, itself; and tanh near -1 loses all but the
            // absolute error of one unit times x.
            let excess = worstExcess(out.values, expected) { i in
                let x = abs(Double(gate.values[i])), up = abs(Double(up.values[i]))
                return roundingUnit * (8 + 4 * x) * (gelu ? x * up : abs(expected[i])) + 1e-37
            }
            #expect(excess <= 1)
            #expect(out.guardsStand)
        }
    }

    @Test(arguments: InstructionSet.all) func extremeActivationsStayFinite(_ set: InstructionSet) {
        let gate = GuardedArray<Float>([-1e30, -200, -88, 0, 88, 200, 1e10]),
            up = GuardedArray<Float>(Array(repeating: 1, count: 7))
        let out = GuardedArray<Float>(count: 7)
        set.kernels.silu_multiply(gate.pointer, up.pointer, out.pointer, 7)
        #expect(
            zip(out.values, [0, 0, 0, 0, 88, 200, 1e10] as [Float]).allSatisfy {
                abs($0 - $1) <= 1e-5 * max(1, abs($1))
            })
    }

    @Test(arguments: InstructionSet.all, [false, true]) func rotation(_ set: InstructionSet, halves: Bool) {
        for pairs in Array(1...35) + [64] {
            let stride = 2 * pairs + 3
            let x = random(2 * stride, seed: 9), cosines = random(pairs, seed: 10), sines = random(pairs, seed: 11)
            let before = x.values.map(Double.init)
            let rotate = halves ? set.kernels.rope_halves : set.kernels.rope_adjacent
            rotate?(x.pointer, 2, stride, cosines.pointer, sines.pointer, pairs)
            var expected = before, magnitudes = before.map { abs($0) }
            for head in [0, stride] {
                for i in 0..<pairs {
                    let first = head + (halves ? i : 2 * i), second = head + (halves ? i + pairs : 2 * i + 1)
                    let c = Double(cosines.values[i]), s = Double(sines.values[i])
                    expected[first] = before[first] * c - before[second] * s
                    expected[second] = before[second] * c + before[first] * s
                    magnitudes[first] = abs(before[first] * c) + abs(before[second] * s)
                    magnitudes[second] = abs(before[second] * c) + abs(before[first] * s)
                }
            }
            #expect(worstExcess(x.values, expected) { 3 * roundingUnit * magnitudes[$0] } <= 1)
            #expect(x.guardsStand)
        }
    }

    @Test(arguments: InstructionSet.all) func softmax(_ set: InstructionSet) {
        for length in Self.lengths {
            let x = random(length, seed: 12, deviation: 6)
            let expected = Reference.softmax(x.values.map(Double.init))
            let largest = x.values.reduce(0) { max($0, abs($1)) }
            set.kernels.softmax(x.pointer, length)
            // The exponent is rounded (2 * largest units), exp adds two, the sum and quotient length / 2 + 3 at most.
            let units = 2 * Double(largest) + 5 + Double(length) / 2
            #expect(worstExcess(x.values, expected) { units * roundingUnit * expected[$0] + 1e-37 } <= 1)
            #expect(x.guardsStand)
        }
    }

    /// Blocks of scores taken one after the other amount to the softmax of all, for rows that see different parts of them.
    @Test(arguments: InstructionSet.all) func runningSoftmax(_ set: InstructionSet) {
        let rows = 5
        for length in [1, 15, 16, 17, 33, 50] {
            let stride = length + 5
            let first = (0..<rows).map { min($0, length) }
            let last = (0..<rows).map { max(min($0, length), length - 3 * $0) }
            let blocks = (0..<3).map { random(rows * stride, seed: UInt64(20 + $0), deviation: 6) }
            let scores = blocks.map(\.values)
            var maxima = [Float](repeating: -.infinity, count: rows), totals = [Float](repeating: 0, count: rows)
            var factors = [[Double]](repeating: [], count: rows)
            for block in blocks {
                var corrections = [Float](repeating: 0, count: rows)
                set.kernels.softmax_rows(
                    rows, block.pointer, stride, first, last, stride, &maxima, &totals, &corrections)
                factors = zip(factors, corrections).map { old, correction in old.map { $0 * Double(correction) } + [1] }
                #expect(block.guardsStand)
            }
            for row in 0..<rows {
                let seen = first[row]..<last[row]
                let all = scores.flatMap {
                    $0[row * stride..<(row + 1) * stride][
                        (row * stride + seen.lowerBound)..<(row * stride + seen.upperBound)]
                }
                let expected = Reference.softmax(all.map(Double.init))
                let result = zip(blocks, factors[row]).flatMap { block, factor in
                    seen.map { Double(block.values[row * stride + $0]) * factor / Double(totals[row]) }
                }
                #expect(maxima[row] == all.max() ?? -.infinity)
                let worst = zip(result, expected).reduce(0) { max($0, abs($1.0 - $1.1) / $1.1) }
                #expect(worst <= (100 + Double(3 * length)) * roundingUnit)
                let others = blocks.flatMap { block in
                    (0..<stride).filter { !seen.contains($0) }.map { block.values[row * stride + $0] }
                }
                #expect(others.allSatisfy { $0 == 0 })
            }
        }
    }
}

/// The operations in double precision.
enum Reference {
    static func silu(_ x: Double) -> Double { x / (1 + exponential(-x)) }

    static func gelu(_ x: Double) -> Double {
        let u = 0.797884560802865 * (x + 0.044715 * x * x * x)
        return x / (1 + exponential(-2 * u))
    }

    static func softmax(_ x: [Double]) -> [Double] {
        let maximum = x.max() ?? 0
        let powers = x.map { exponential($0 - maximum) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
