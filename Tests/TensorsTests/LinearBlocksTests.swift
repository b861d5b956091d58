import CKernels
import Tensors
import TestSupport
import Testing

/// Linear layers in the form for a few rows. On a CPU whose kernels are the scalar ones, that form is the panels.
@Suite struct LinearBlocksTests {
    private static let pool = ThreadPool(threads: 2)
    private static let blockFormats: [BlockFormat] = [.q4_0, .q4_1, .q5_0, .q5_1, .q4_K, .q5_K]

    private func random(rows: Int, columns: Int, using generator: inout SeededGenerator) -> Matrix {
        let matrix = Matrix(rows: rows, columns: columns)
        for i in 0..<rows * columns { matrix.pointer[i] = generator.normal() }
        return matrix
    }

    private func apply(
        _ linear: Linear, to x: Matrix, form: WeightForm = .blocks, adding start: Matrix? = nil,
        on pool: ThreadPool = LinearBlocksTests.pool
    ) -> Matrix {
        let input = LinearInput(columns: linear.inputs, arithmetic: .int8)
        input.load(x.view, form: form, on: pool)
        let y = Matrix(rows: x.rows, columns: linear.outputs)
        guard let start else {
            linear.apply(input, into: y.view, on: pool)
            return y
        }
        y.pointer.update(from: start.pointer, count: start.rows * start.columns)
        linear.apply(input, addingTo: y.view, on: pool)
        return y
    }

    private func values(_ matrix: Matrix) -> [Float] {
        withExtendedLifetime(matrix) { (0..<matrix.rows).flatMap { Array(matrix.row($0)) } }
    }

    @Test(arguments: BlockFormat.allCases) func onlyShortCodesHaveBlocks(_ format: BlockFormat) throws {
        var generator = SeededGenerator(seed: 60)
        let weights = StoredWeights(format, outputs: 40, inputs: 256, using: &generator)
        let (linear, memory) = try weights.layer(.int8, on: Self.pool)
        let (float, floatMemory) = try weights.layer(.float32, on: Self.pool)
        defer {
            memory.deallocate()
            floatMemory.deallocate()
        }
        let fast = Kernels.current.pointee.multiplies_blocks
        #expect(linear.multipliesBlocks == (fast && Self.blockFormats.contains(format)))
        #expect(!float.multipliesBlocks)
        let x = random(rows: 3, columns: 256, using: &generator)
        let inBlocks = values(apply(linear, to: x)), inPanels = values(apply(linear, to: x, form: .panels))
        #expect((inBlocks == inPanels) == !linear.multipliesBlocks)
    }

    /// The codes of the activations are off by half a step at most, a step being the largest of 32 over 127, and the scales
    /// and minima of the K formats by 2^-11 of themselves: a weight by less than 2^-9 of the largest of its block.
    @Test(arguments: blockFormats, [1, 2, 7, 16]) func productsAreTheWeightsTimesTheCodes(
        _ format: BlockFormat, rows: Int
    ) throws {
        var generator = SeededGenerator(seed: 61)
        for (outputs, inputs) in [(33, 256), (70, 768), (5, 1_280)] {
            let weights = StoredWeights(format, outputs: outputs, inputs: inputs, using: &generator)
            let bias = generator.normals(outputs)
            let (linear, memory) = try weights.layer(.int8, bias: bias, on: Self.pool)
            defer { memory.deallocate() }
            guard linear.multipliesBlocks else { return }
            let x = random(rows: rows, columns: inputs, using: &generator)
            let start = random(rows: rows, columns: outputs, using: &generator)
            let y = apply(linear, to: x), added = apply(linear, to: x, adding: start)
            var squaredError = 0.0, squaredOutput = 0.0
            for row in 0..<rows {
                let expected = weights.product(x.row(row))
                for j in 0..<outputs {
                    var bound = 0.0
                    for group in stride(from: 0, to: inputs, by: 32) {
                        let xs = (group..<group + 32).map { abs(Double(x.row(row)[$0])) }
                        let ws = (group..<group + 32).map { abs(Double(weights.values[j * inputs + $0])) }
                        let step = (xs.max() ?? 0) / 127, largest = ws.max() ?? 0
                        bound += ws.reduce(0, +) * step / 2
                        if format.elementsPerBlock == 256 { bound += xs.reduce(0, +) * largest * 0x1p-9 }
                    }
                    bound += Double(inputs) * roundingUnit * (expected[j].magnitude + 4)
                    let sum = expected[j].sum + Double(bias[j])
                    #expect(abs(Double(y.row(row)[j]) - sum) <= bound)
                    #expect(abs(Double(added.row(row)[j]) - sum - Double(start.row(row)[j])) <= bound)
                    squaredError += (Double(y.row(row)[j]) - sum) * (Double(y.row(row)[j]) - sum)
                    squaredOutput += expected[j].sum * expected[j].sum
                }
            }
            // The step of 32 normal numbers is about 2.1 / 127, a uniform error's deviation step / sqrt(12).
            #expect((squaredError / squaredOutput).squareRoot() < 0.01)
        }
    }

    @Test(arguments: blockFormats) func rowsDependOnNothingElse(_ format: BlockFormat) throws {
        var generator = SeededGenerator(seed: 62)
        let weights = StoredWeights(format, outputs: 333, inputs: 512, using: &generator)
        let (linear, memory) = try weights.layer(.int8, on: Self.pool)
        defer { memory.deallocate() }
        let x = random(rows: 16, columns: 512, using: &generator)
        let all = values(apply(linear, to: x))
        for threads in 1...3 {
            let pool = ThreadPool(threads: threads)
            #expect(values(apply(linear, to: x, on: pool)) == all)
            for row in 0..<16 {
                let one = Matrix(rows: 1, columns: 512)
                one.pointer.update(from: x.pointer + row * 512, count: 512)
                #expect(values(apply(linear, to: one, on: pool)) == Array(all[row * 333..<(row + 1) * 333]))
            }
        }
        withExtendedLifetime(x) {}
    }

    /// 512 and 320 outputs are coded in groups of whole panels, 96 as one row; the layers' formats differ, and q8_0 has no
    /// blocks.
    @Test(arguments: [512, 320, 96], [BlockFormat.q5_1, .q8_0]) func gatedInputIsGatedThenLoaded(
        outputs: Int, upFormat: BlockFormat
    ) throws {
        var generator = SeededGenerator(seed: 63)
        let gateWeights = StoredWeights(.q4_0, outputs: outputs, inputs: 64, using: &generator)
        let upWeights = StoredWeights(upFormat, outputs: outputs, inputs: 64, using: &generator)
        let downWeights = StoredWeights(.q4_1, outputs: 33, inputs: outputs, using: &generator)
        let (gate, gateMemory) = try gateWeights.layer(.int8, on: Self.pool)
        let (up, upMemory) = try upWeights.layer(.int8, on: Self.pool)
        let (down, downMemory) = try downWeights.layer(.int8, on: Self.pool)
        defer { for memory in [gateMemory, upMemory, downMemory] { memory.deallocate() } }
        let gated = GatedLinear(gate: gate, up: up, activation: .silu)
        let input = LinearInput(columns: 64, arithmetic: .int8)
        let fused = LinearInput(columns: outputs, arithmetic: .int8)
        for (rows, form) in [(1, WeightForm.blocks), (16, .blocks), (100, .panels), (7, .blocks)] {
            let x = random(rows: rows, columns: 64, using: &generator)
            input.load(x.view, form: form, on: Self.pool)
            gated.apply(input, loading: fused, on: Self.pool)
            #expect(fused.form == form && fused.rows == rows)
            let result = Matrix(rows: rows, columns: 33), stored = Matrix(rows: rows, columns: outputs)
            down.apply(fused, into: result.view, on: Self.pool)
            gated.apply(input, into: stored.view, on: Self.pool)
            #expect(values(result) == values(apply(down, to: stored, form: form)))
            let gates = apply(gate, to: x, form: form), ups = apply(up, to: x, form: form)
            let gateValues = values(gates), upValues = values(ups), storedValues = values(stored)
            for i in 0..<rows * outputs {
                let z = Double(gateValues[i]), expected = Reference.silu(z) * Double(upValues[i])
                #expect(
                    abs(Double(storedValues[i]) - expected) <= 64 * roundingUnit
                        * (abs(expected) + abs(z * Double(upValues[i]))))
            }
        }
    }

    @Test func normalizingIsNormThenLoad() throws {
        var generator = SeededGenerator(seed: 64)
        let weights = StoredWeights(.q4_K, outputs: 40, inputs: 256, using: &generator)
        let (linear, memory) = try weights.layer(.int8, on: Self.pool)
        defer { memory.deallocate() }
        let x = random(rows: 9, columns: 256, using: &generator), normalized = Matrix(rows: 9, columns: 256)
        let norm = generator.normals(256)
        Elementwise.rootMeanSquareNorm(x.view, weight: norm, epsilon: 1e-6, into: normalized.view, on: Self.pool)
        let input = LinearInput(columns: 256, arithmetic: .int8)
        input.load(normalizing: x.view, weight: norm, epsilon: 1e-6, form: .blocks, on: Self.pool)
        let y = Matrix(rows: 9, columns: 40)
        linear.apply(input, into: y.view, on: Self.pool)
        #expect(values(y) == values(apply(linear, to: normalized)))
    }

    /// Rows of 36 weights are no whole blocks; float32 has one form.
    @Test func otherRowsIgnoreTheForm() throws {
        var generator = SeededGenerator(seed: 65)
        let weights = StoredWeights(.f32, outputs: 40, inputs: 36, using: &generator)
        for arithmetic in Arithmetic.allCases {
            let (linear, memory) = try weights.layer(arithmetic, on: Self.pool)
            defer { memory.deallocate() }
            let x = random(rows: 2, columns: 36, using: &generator)
            let results = WeightForm.allCases.map { form in
                let input = LinearInput(columns: 36, arithmetic: arithmetic), y = Matrix(rows: 2, columns: 40)
                input.load(x.view, form: form, on: Self.pool)
                linear.apply(input, into: y.view, on: Self.pool)
                return values(y)
            }
            #expect(results[0] == results[1])
        }
    }
}
