import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct LinearTests {
    private static let pool = ThreadPool(threads: 2)

    private func random(rows: Int, columns: Int, using generator: inout SeededGenerator) -> Matrix {
        let matrix = Matrix(rows: rows, columns: columns)
        for i in 0..<rows * columns { matrix.pointer[i] = generator.normal() }
        return matrix
    }

    private func apply(
        _ linear: Linear, to x: Matrix, adding start: Matrix? = nil, on pool: ThreadPool = LinearTests.pool
    ) -> Matrix {
        let input = LinearInput(columns: linear.inputs, arithmetic: linear.arithmetic)
        input.load(x.view, on: pool)
        let y = Matrix(rows: x.rows, columns: linear.outputs)
        guard let start else {
            linear.apply(input, into: y.view, on: pool)
            return y
        }
        y.pointer.update(from: start.pointer, count: start.rows * start.columns)
        linear.apply(input, addingTo: y.view, on: pool)
        return y
    }

    @Test(arguments: BlockFormat.allCases) func float32OfEveryFormat(_ format: BlockFormat) throws {
        var generator = SeededGenerator(seed: 40)
        for (outputs, inputs, rows) in [(70, 768, 20), (33, 256, 3), (5, 512, 1), (64, 1024, 4)] {
            let weights = StoredWeights(format, outputs: outputs, inputs: inputs, using: &generator)
            let bias = generator.normals(outputs)
            let (linear, memory) = try weights.layer(.float32, bias: bias, on: Self.pool)
            defer { memory.deallocate() }
            let x = random(rows: rows, columns: inputs, using: &generator)
            let start = random(rows: rows, columns: outputs, using: &generator)
            let y = apply(linear, to: x), added = apply(linear, to: x, adding: start)
            for row in 0..<rows {
                let expected = weights.product(x.row(row))
                for j in 0..<outputs {
                    let before = Double(start.row(row)[j])
                    let bound =
                        Double(inputs + 4) * roundingUnit * (expected[j].magnitude + abs(Double(bias[j])) + abs(before))
                    #expect(abs(Double(y.row(row)[j]) - expected[j].sum - Double(bias[j])) <= bound)
                    #expect(abs(Double(added.row(row)[j]) - expected[j].sum - Double(bias[j]) - before) <= bound)
                }
            }
        }
    }

    /// Every code is off by half a step at most: |w - code * scale| <= scale / 2 for weights and activations alike, which
    /// bounds each product's error by |x| s_w / 2 + |w| s_x / 2 + s_x s_w / 4. If errors are independent and uniform their
    /// squares add up: the root-mean-square error over a row is the root of the sum of (|x| s_w)^2 / 12 and so on.
    /// 480 inputs are not turned; the others are, in runs of 64, which changes the sizes that count but not the products.
    @Test(arguments: [(576, 576), (192, 192), (1536, 256), (896, 896), (4864, 256), (480, 160)])
    func int8ErrorStaysWithinItsBound(inputs: Int, group: Int) throws {
        #expect(Int8Coding(inputs: inputs)?.group == group)
        var generator = SeededGenerator(seed: 41)
        let weights = StoredWeights(.q8_0, outputs: 48, inputs: inputs, using: &generator)
        let (linear, memory) = try weights.layer(.int8, on: Self.pool)
        defer { memory.deallocate() }
        let rows = 13
        let x = random(rows: rows, columns: inputs, using: &generator)
        let y = apply(linear, to: x)
        var squaredError = 0.0, squaredOutput = 0.0, expectedSquare = 0.0
        for row in 0..<rows {
            let expected = weights.product(x.row(row))
            let codedRow = coded(Array(x.row(row)))
            for j in 0..<weights.outputs {
                let codedWeights = coded(Array(weights.values[j * inputs..<(j + 1) * inputs]))
                var worst = 0.0, variance = 0.0
                for start in stride(from: 0, to: inputs, by: group) {
                    let xs = codedRow[start..<start + group].map(abs), ws = codedWeights[start..<start + group].map(abs)
                    let xStep = (xs.max() ?? 0) / 127, wStep = (ws.max() ?? 0) / 127
                    for (x, w) in zip(xs, ws) {
                        worst += (x * wStep + w * xStep) / 2 + xStep * wStep / 4
                        variance += (x * x * wStep * wStep + w * w * xStep * xStep) / 12
                    }
                }
                let error = Double(y.row(row)[j]) - expected[j].sum
                #expect(abs(error) <= worst * 1.0001)
                squaredError += error * error
                squaredOutput += expected[j].sum * expected[j].sum
                expectedSquare += variance
            }
        }
        // 624 outputs: their mean square is within a quarter of its expectation but for less than a chance in a million.
        #expect(squaredError < 1.25 * expectedSquare)
        #expect(squaredError > 0.5 * expectedSquare)
        #expect((squaredError / squaredOutput).squareRoot() < 0.012)
    }

    /// What int8 codes stand for: the values, turned in runs of 64 where they fill such runs.
    private func coded(_ values: [Float]) -> [Double] {
        guard values.count.isMultiple(of: 64) else { return values.map(Double.init) }
        return values.indices.map { i in
            let run = i / 64 * 64
            return (0..<64).reduce(0) {
                $0 + (($1 & i).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1) * Double(values[run + $1])
            } / 8
        }
    }

    @Test(arguments: Arithmetic.allCases) func rowsDoNotDependOnTheirNeighbours(_ arithmetic: Arithmetic) throws {
        var generator = SeededGenerator(seed: 42)
        let weights = StoredWeights(.q4_1, outputs: 100, inputs: 320, using: &generator)
        let (linear, memory) = try weights.layer(arithmetic, on: Self.pool)
        defer { memory.deallocate() }
        let x = random(rows: 40, columns: 320, using: &generator)
        let all = apply(linear, to: x)
        let part = Matrix(rows: 9, columns: 320)
        part.pointer.update(from: x.pointer + 20 * 320, count: 9 * 320)
        let some = apply(linear, to: part)
        for row in 0..<9 { #expect(Array(some.row(row)) == Array(all.row(20 + row))) }
    }

    @Test(arguments: Arithmetic.allCases, [1, 2, 50]) func threadsDoNotChangeResults(
        _ arithmetic: Arithmetic, rows: Int
    ) throws {
        var generator = SeededGenerator(seed: 43)
        let weights = StoredWeights(.q4_0, outputs: 333, inputs: 416, using: &generator)
        let gateWeights = StoredWeights(.q8_0, outputs: 333, inputs: 416, using: &generator)
        let (linear, memory) = try weights.layer(arithmetic, bias: generator.normals(333), on: Self.pool)
        let (gate, gateMemory) = try gateWeights.layer(arithmetic, on: Self.pool)
        defer {
            memory.deallocate()
            gateMemory.deallocate()
        }
        let x = random(rows: rows, columns: 416, using: &generator)
        let norm = generator.normals(416)
        let results = [1, 2, 3, 5].map { threads in
            let pool = ThreadPool(threads: threads)
            let input = LinearInput(columns: 416, arithmetic: arithmetic)
            input.load(normalizing: x.view, weight: norm, epsilon: 1e-5, on: pool)
            let y = Matrix(rows: rows, columns: 333)
            linear.apply(input, into: y.view, on: pool)
            GatedLinear(gate: gate, up: linear, activation: .silu).apply(input, into: y.view, on: pool)
            linear.apply(input, addingTo: y.view, on: pool)
            return (0..<rows).flatMap { Array(y.row($0)) }
        }
        #expect(results.dropFirst().allSatisfy { $0 == results[0] })
        #expect(results[0].allSatisfy { $0.isFinite })
    }

    @Test(arguments: Arithmetic.allCases, [GatedActivation.silu, .gelu]) func gatedIsGateTimesUp(
        _ arithmetic: Arithmetic, activation: GatedActivation
    ) throws {
        var generator = SeededGenerator(seed: 44)
        let gateWeights = StoredWeights(.q5_0, outputs: 90, inputs: 64, using: &generator)
        let upWeights = StoredWeights(.q5_1, outputs: 90, inputs: 64, using: &generator)
        let (gate, gateMemory) = try gateWeights.layer(arithmetic, on: Self.pool)
        let (up, upMemory) = try upWeights.layer(arithmetic, on: Self.pool)
        defer {
            gateMemory.deallocate()
            upMemory.deallocate()
        }
        let x = random(rows: 21, columns: 64, using: &generator)
        let gated = apply(gate, to: x), lifted = apply(up, to: x)
        let input = LinearInput(columns: 64, arithmetic: arithmetic)
        input.load(x.view, on: Self.pool)
        let y = Matrix(rows: 21, columns: 90)
        GatedLinear(gate: gate, up: up, activation: activation).apply(input, into: y.view, on: Self.pool)
        for row in 0..<21 {
            for j in 0..<90 {
                let z = Double(gated.row(row)[j])
                let expected =
                    Double(lifted.row(row)[j]) * (activation == .silu ? Reference.silu(z) : Reference.gelu(z))
                #expect(
                    abs(Double(y.row(row)[j]) - expected) <= 64 * roundingUnit
                        * (abs(expected) + abs(z * Double(lifted.row(row)[j]))))
            }
        }
    }

    /// 512 and 320 outputs are coded in groups of whole panels, 90 are not.
    @Test(arguments: Arithmetic.allCases, [512, 320, 92]) func gatedInputIsGatedThenLoaded(
        _ arithmetic: Arithmetic, outputs: Int
    ) throws {
        var generator = SeededGenerator(seed: 46)
        let gateWeights = StoredWeights(.q8_0, outputs: outputs, inputs: 64, using: &generator)
        let upWeights = StoredWeights(.q8_0, outputs: outputs, inputs: 64, using: &generator)
        let downWeights = StoredWeights(.f32, outputs: 33, inputs: outputs, using: &generator)
        let (gate, gateMemory) = try gateWeights.layer(arithmetic, on: Self.pool)
        let (up, upMemory) = try upWeights.layer(arithmetic, on: Self.pool)
        let (down, downMemory) = try downWeights.layer(arithmetic, on: Self.pool)
        defer { for memory in [gateMemory, upMemory, downMemory] { memory.deallocate() } }
        let gated = GatedLinear(gate: gate, up: up, activation: .silu)
        for rows in [1, 100, 7] {
            let x = random(rows: rows, columns: 64, using: &generator)
            let input = LinearInput(columns: 64, arithmetic: arithmetic)
            input.load(x.view, on: Self.pool)
            let fused = LinearInput(columns: outputs, arithmetic: arithmetic)
            gated.apply(input, loading: fused, on: Self.pool)
            let result = Matrix(rows: rows, columns: 33), stored = Matrix(rows: rows, columns: outputs)
            down.apply(fused, into: result.view, on: Self.pool)
            gated.apply(input, into: stored.view, on: Self.pool)
            let expected = apply(down, to: stored)
            withExtendedLifetime(x) {
                #expect((0..<rows).allSatisfy { Array(result.row($0)) == Array(expected.row($0)) })
            }
        }
    }

    @Test func normalizingIsNormThenLoad() throws {
        var generator = SeededGenerator(seed: 45)
        let weights = StoredWeights(.q6_K, outputs: 40, inputs: 256, using: &generator)
        for arithmetic in Arithmetic.allCases {
            let (linear, memory) = try weights.layer(arithmetic, on: Self.pool)
            defer { memory.deallocate() }
            let x = random(rows: 19, columns: 256, using: &generator), normalized = Matrix(rows: 19, columns: 256)
            let norm = generator.normals(256)
            Elementwise.rootMeanSquareNorm(x.view, weight: norm, epsilon: 1e-6, into: normalized.view, on: Self.pool)
            let input = LinearInput(columns: 256, arithmetic: arithmetic)
            input.load(normalizing: x.view, weight: norm, epsilon: 1e-6, on: Self.pool)
            let y = Matrix(rows: 19, columns: 40)
            linear.apply(input, into: y.view, on: Self.pool)
            let expected = apply(linear, to: normalized)
            #expect((0..<19).allSatisfy { Array(y.row($0)) == Array(expected.row($0)) })
        }
    }

    @Test func unsuitableWeightsAreRefused() {
        let bytes = [UInt8](repeating: 0, count: 1000)
        func error(_ format: BlockFormat, _ outputs: Int, _ inputs: Int, bias: [Float]? = nil, _ arithmetic: Arithmetic)
            -> LinearError?
        {
            bytes.withUnsafeBytes { bytes in
                do throws(LinearError) {
                    _ = try Linear(
                        format: format, bytes: bytes, outputs: outputs, inputs: inputs, bias: bias,
                        arithmetic: arithmetic, pool: Self.pool)
                    return nil
                } catch { return error }
            }
        }
        #expect(error(.q4_0, 2, 40, .float32) == .partialBlocks(inputs: 40, format: .q4_0))
        #expect(error(.f32, 251, 1, .float32) == .tooFewBytes(needed: 1004, present: 1000))
        #expect(error(.f32, 0, 8, .float32) == .impossibleShape(outputs: 0, inputs: 8))
        #expect(error(.f32, .max, 8, .float32) == .impossibleShape(outputs: .max, inputs: 8))
        #expect(error(.f32, 4, 8, bias: [1], .float32) == .biasLength(expected: 4, present: 1))
        #expect(error(.f32, 4, 7, .int8) == .unsuitedForInt8(inputs: 7))
        #expect(error(.f32, 4, 8, .int8) == nil)
        #expect("\(LinearError.tooFewBytes(needed: 2, present: 1))".contains("fetch it again"))
    }
}
