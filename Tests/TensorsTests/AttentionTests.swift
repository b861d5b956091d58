import CKernels
import Tensors
import TestSupport
import Testing

/// Attention against its definition in double precision.
@Suite struct AttentionTests {
    private static let pool = ThreadPool(threads: 2)

    /// Queries, and keys and values of KV heads `gap` elements apart.
    private struct Case {
        let attention: Attention
        let queries: Matrix
        let keys: [Float]
        let values: [Float]
        let headStride: Int
        let start: Int

        init(
            heads: Int, keyValueHeads: Int, dimension: Int, tokens: Int, start: Int, window: Int? = nil,
            seed: UInt64 = 50
        ) {
            var generator = SeededGenerator(seed: seed)
            attention = Attention(
                heads: heads, keyValueHeads: keyValueHeads, headDimension: dimension,
                scale: 1 / Float(dimension).squareRoot(), window: window)
            queries = Matrix(rows: tokens, columns: heads * dimension)
            for i in 0..<tokens * heads * dimension { queries.pointer[i] = 2 * generator.normal() }
            self.start = start
            headStride = (start + tokens) * dimension + 7
            // What lies behind the last position must never be read as a number.
            var keys = [Float](repeating: .nan, count: keyValueHeads * headStride), values = keys
            for head in 0..<keyValueHeads {
                for i in 0..<(start + tokens) * dimension {
                    keys[head * headStride + i] = generator.normal()
                    values[head * headStride + i] = generator.normal()
                }
            }
            self.keys = keys
            self.values = values
        }

        var tokens: Int { queries.rows }

        func withCache<Result>(_ body: (KeyValueView) -> Result) -> Result? {
            keys.withUnsafeBufferPointer { keys in
                values.withUnsafeBufferPointer { values in
                    guard let keyStart = keys.baseAddress, let valueStart = values.baseAddress else { return nil }
                    return body(
                        KeyValueView(
                            keys: keyStart, values: valueStart, headStride: headStride, count: start + tokens))
                }
            }
        }

        /// The softmax row of a head and a token over all positions of the cache.
        func probabilities(head: Int, token: Int) -> [Double] {
            let dimension = attention.headDimension
            let base = head / (attention.heads / attention.keyValueHeads) * headStride
            let position = start + token
            let first = max(0, position + 1 - (attention.window ?? .max / 2))
            let scores = (first...position).map { p in
                (0..<dimension).reduce(0.0) {
                    $0 + Double(queries.row(token)[head * dimension + $1]) * Double(keys[base + p * dimension + $1])
                } * Double(attention.scale)
            }
            return Array(repeating: 0, count: first) + Reference.softmax(scores)
                + Array(repeating: 0, count: start + tokens - position - 1)
        }

        func output(head: Int, token: Int) -> [Double] {
            let dimension = attention.headDimension
            let base = head / (attention.heads / attention.keyValueHeads) * headStride
            var sums = [Double](repeating: 0, count: dimension)
            for (p, weight) in probabilities(head: head, token: token).enumerated() where weight > 0 {
                for i in 0..<dimension { sums[i] += weight * Double(values[base + p * dimension + i]) }
            }
            return sums
        }

        /// Scores are sums of `dimension` products of numbers around 2, scaled: their rounding errors, below 1e-5, are the
        /// relative errors of probabilities; and outputs are averages of numbers below 6.
        static let tolerance = 3e-5
    }

    private static let cases: [Case] = [
        Case(heads: 3, keyValueHeads: 1, dimension: 64, tokens: 200, start: 0),
        Case(heads: 4, keyValueHeads: 2, dimension: 64, tokens: 37, start: 150),
        Case(heads: 2, keyValueHeads: 2, dimension: 128, tokens: 70, start: 64),
        Case(heads: 6, keyValueHeads: 2, dimension: 64, tokens: 1, start: 300),
        Case(heads: 2, keyValueHeads: 1, dimension: 20, tokens: 150, start: 3),
        Case(heads: 2, keyValueHeads: 1, dimension: 80, tokens: 33, start: 0),
        Case(heads: 2, keyValueHeads: 1, dimension: 7, tokens: 140, start: 1),
        Case(heads: 2, keyValueHeads: 1, dimension: 64, tokens: 180, start: 40, window: 50),
        Case(heads: 2, keyValueHeads: 1, dimension: 64, tokens: 40, start: 300, window: 130),
        Case(heads: 1, keyValueHeads: 1, dimension: 32, tokens: 50, start: 0, window: 1),
    ]

    @Test(arguments: InstructionSet.all, 0..<cases.count) func everyInstructionSet(_ set: InstructionSet, index: Int) {
        let sample = Self.cases[index]
        check(output(of: sample, set, bf16: false), sample, tolerance: Case.tolerance)
    }

    /// Keys, queries, values and weights are off by 2^-9 of their size at most.
    @Test(arguments: InstructionSet.all, 0..<cases.count) func everyInstructionSetInBF16(
        _ set: InstructionSet, index: Int
    ) {
        let sample = Self.cases[index]
        let output = output(of: sample, set, bf16: true)
        check(output, sample, tolerance: 0.03)
        let exact = self.output(of: sample, .scalar, bf16: false)
        #expect(output.row(sample.tokens - 1).elementsEqual(exact.row(sample.tokens - 1)) == false)
    }

    private func output(of sample: Case, _ set: InstructionSet, bf16: Bool) -> Matrix {
        let attention = sample.attention
        let output = Matrix(rows: sample.tokens, columns: sample.queries.columns)
        sample.withCache { cache in
            var description = ir_attention(
                head_dimension: attention.headDimension, group: attention.heads / attention.keyValueHeads,
                tokens: sample.tokens, start: sample.start, window: attention.window ?? 0, scale: attention.scale,
                queries: sample.queries.pointer, query_stride: sample.queries.columns, keys: cache.keys,
                values: cache.values, cache_head_stride: cache.headStride, bf16: bf16, packed: nil)
            // What no key or value was packed into must never be read as a number.
            let bytes = ir_attention_packed_bytes(&description, attention.keyValueHeads)
            let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
            packed.initializeMemory(as: UInt8.self, repeating: 0xFF)
            defer { packed.deallocate() }
            description.packed = packed.baseAddress
            let pool = ThreadPool(threads: 1)
            pool.run(attention.keyValueHeads * ir_attention_block_count(&description)) {
                (index: Int, worker: OpaquePointer?) in
                ir_attention_pack(
                    set.table, &description, index % attention.keyValueHeads, index / attention.keyValueHeads, worker)
            }
            let share = 45
            let blocks = (sample.tokens + share - 1) / share
            pool.run(blocks * attention.keyValueHeads) { (index: Int, worker: OpaquePointer?) in
                let first = index / attention.keyValueHeads * share
                ir_attention_forward(
                    set.table, &description, index % attention.keyValueHeads, first, min(share, sample.tokens - first),
                    output.pointer, output.columns, worker)
            }
        }
        return output
    }

    private func check(_ output: Matrix, _ sample: Case, tolerance: Double) {
        let dimension = sample.attention.headDimension
        for token in [0, 1, sample.tokens / 2, sample.tokens - 1] where token < sample.tokens {
            for head in 0..<sample.attention.heads {
                let row = Array(output.row(token)[head * dimension..<(head + 1) * dimension])
                #expect(worstExcess(row, sample.output(head: head, token: token)) { _ in tolerance } <= 1)
            }
        }
    }

    @Test(arguments: 0..<cases.count) func threadsDoNotChangeResults(index: Int) {
        let sample = Self.cases[index]
        let results = [1, 2, 3, 5].map { threads in
            let output = Matrix(rows: sample.tokens, columns: sample.queries.columns)
            sample.withCache {
                sample.attention.apply(
                    queries: sample.queries.view, cache: $0, into: output.view, workspace: AttentionWorkspace(),
                    on: ThreadPool(threads: threads))
            }
            check(output, sample, tolerance: Case.tolerance)
            return (0..<sample.tokens).flatMap { Array(output.row($0)) }
        }
        #expect(results.dropFirst().allSatisfy { $0 == results[0] })
    }

    @Test(arguments: 0..<cases.count) func probesAreSoftmaxRows(index: Int) {
        let sample = Self.cases[index], attention = sample.attention
        let rows = max(0, sample.tokens - 20)..<sample.tokens
        let end = sample.start + sample.tokens
        let heads = Array(stride(from: attention.heads - 1, through: 0, by: -1))
        for columns in [0..<end, end / 3..<end / 2 + 1, end - 1..<end] {
            var result = [Float](repeating: -1, count: heads.count * rows.count * columns.count)
            result.withUnsafeMutableBufferPointer { result in
                sample.withCache {
                    attention.probe(
                        queries: sample.queries.view, cache: $0, heads: heads, rows: rows, columns: columns,
                        into: result, on: Self.pool)
                }
            }
            let expected = heads.flatMap { head in
                rows.flatMap { sample.probabilities(head: head, token: $0)[columns] }
            }
            #expect(worstExcess(result, expected) { Case.tolerance * expected[$0] } <= 1)
        }
    }
}
