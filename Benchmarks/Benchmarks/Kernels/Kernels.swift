import Benchmark
import Tensors

/// Linear layers and attention at the sizes of SmolLM2-135M (576 wide) and Qwen2.5-0.5B (896 wide).
///
///     swift package --package-path Benchmarks benchmark
let benchmarks = { @Sendable in
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput], warmupIterations: 2, maxDuration: .milliseconds(500))
    for arithmetic in Arithmetic.allCases {
        for (inputs, outputs) in [(576, 192), (576, 1_536), (1_536, 576), (896, 4_864), (4_864, 896)] {
            for rows in [1, 64, 1_024] {
                linear(arithmetic, rows: rows, inputs: inputs, outputs: outputs)
            }
        }
        for positions in [512, 1_500, 4_096] {
            attention(arithmetic, heads: 9, keyValueHeads: 3, tokens: positions, positions: positions)
            attention(arithmetic, heads: 14, keyValueHeads: 2, tokens: 1, positions: positions)
        }
    }
}

private func linear(_ arithmetic: Arithmetic, rows: Int, inputs: Int, outputs: Int) {
    Benchmark("\(arithmetic) linear \(rows) x \(inputs) -> \(outputs)") { benchmark in
        let pool = ThreadPool()
        let x = matrix(rows: rows, columns: inputs)
        let y = Matrix(rows: rows, columns: outputs)
        let weights = matrix(rows: outputs, columns: inputs)
        let layer = try Linear(
            format: .f32, bytes: UnsafeRawBufferPointer(start: weights.pointer, count: outputs * inputs * 4),
            outputs: outputs, inputs: inputs, arithmetic: arithmetic, pool: pool, owner: weights)
        let input = LinearInput(columns: inputs, arithmetic: arithmetic)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            input.load(x.view, on: pool)
            layer.apply(input, into: y.view, on: pool)
        }
        benchmark.stopMeasurement()
        blackHole(y.pointer[0])
    }
}

private func attention(_ arithmetic: Arithmetic, heads: Int, keyValueHeads: Int, tokens: Int, positions: Int) {
    Benchmark("\(arithmetic) attention \(tokens) x \(positions), \(heads) heads of 64") { benchmark in
        let pool = ThreadPool()
        let attention = Attention(
            heads: heads, keyValueHeads: keyValueHeads, headDimension: 64, scale: 0.125)
        let queries = matrix(rows: tokens, columns: heads * 64)
        let keys = matrix(rows: positions, columns: keyValueHeads * 64)
        let values = matrix(rows: positions, columns: keyValueHeads * 64)
        var blocks = KeyValueBlocks(
            KeyValueBlocks.Layout(heads: keyValueHeads, headDimension: 64, arithmetic: arithmetic))
        blocks.reserve(positions, values: true)
        KeyValueBlocks.store(
            [.init(blocks: blocks, start: 0, keys: keys.view, transform: nil, values: values.view)], on: pool)
        blocks.advance(to: positions, values: true)
        let sequence = Attention.Sequence(queries: queries.view, blocks: blocks, end: positions)
        let output = Matrix(rows: tokens, columns: heads * 64)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            attention.apply([sequence], into: [output.view], on: pool)
        }
        benchmark.stopMeasurement()
        blackHole(output.pointer[0])
    }
}

/// Numbers between -1 and 1, the same every time.
private func matrix(rows: Int, columns: Int) -> Matrix {
    var generator = SystemIndependentGenerator()
    let matrix = Matrix(rows: rows, columns: columns)
    for i in 0..<rows * columns { matrix.pointer[i] = Float.random(in: -1...1, using: &generator) }
    return matrix
}

/// A linear congruential generator (Knuth's MMIX).
private struct SystemIndependentGenerator: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
