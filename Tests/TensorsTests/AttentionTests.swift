import CKernels
import Tensors
import TestSupport
import Testing

/// Attention against its definition in double precision.
@Suite struct AttentionTests {
    private static let pool = ThreadPool(threads: 2)

    /// Queries, keys and values: T x heads * headDimension each, the queries of the last `tokens` positions.
    private struct Case {
        let attention: Attention
        let queries: Matrix
        let keys: Matrix
        let values: Matrix
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
            keys = Matrix(rows: start + tokens, columns: keyValueHeads * dimension)
            values = Matrix(rows: start + tokens, columns: keyValueHeads * dimension)
            for i in 0..<keys.rows * keys.columns {
                keys.pointer[i] = generator.normal()
                values.pointer[i] = generator.normal()
            }
        }

        var tokens: Int { queries.rows }

        /// All of it in blocks, stored piece by piece.
        func blocks(isBF16: Bool, pieces: [Int]) -> KeyValueBlocks {
            var blocks = KeyValueBlocks(
                KeyValueBlocks.Layout(
                    heads: attention.keyValueHeads, headDimension: attention.headDimension, isBF16: isBF16))
            var start = 0
            for piece in pieces + [keys.rows] where start < keys.rows {
                let rows = start..<min(keys.rows, start + piece)
                blocks.append(keys.view(rows: rows), values.view(rows: rows), on: AttentionTests.pool)
                start = rows.upperBound
            }
            return blocks
        }

        /// The softmax row of a head and a token over all positions of the cache.
        func probabilities(head: Int, token: Int) -> [Double] {
            let dimension = attention.headDimension
            let base = head / (attention.heads / attention.keyValueHeads) * dimension
            let position = start + token
            let first = max(0, position + 1 - (attention.window ?? .max / 2))
            let scores = (first...position).map { p in
                (0..<dimension).reduce(0.0) {
                    $0 + Double(queries.row(token)[head * dimension + $1]) * Double(keys.row(p)[base + $1])
                } * Double(attention.scale)
            }
            return Array(repeating: 0, count: first) + Reference.softmax(scores)
                + Array(repeating: 0, count: start + tokens - position - 1)
        }

        func output(head: Int, token: Int) -> [Double] {
            let dimension = attention.headDimension
            let base = head / (attention.heads / attention.keyValueHeads) * dimension
            var sums = [Double](repeating: 0, count: dimension)
            for (p, weight) in probabilities(head: head, token: token).enumerated() where weight > 0 {
                for i in 0..<dimension { sums[i] += weight * Double(values.row(p)[base + i]) }
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

    /// Blocks that are not full, begin anywhere, and whose memory was never a number; stored in pieces.
    private func output(of sample: Case, _ set: InstructionSet, bf16: Bool) -> Matrix {
        let attention = sample.attention
        var layout = ir_key_value_layout(
            head_dimension: attention.headDimension, heads: attention.keyValueHeads, bf16: bf16)
        let output = Matrix(rows: sample.tokens, columns: sample.queries.columns)
        var memory: [UnsafeMutableRawBufferPointer] = []
        defer { for part in memory { part.deallocate() } }
        func garbage(_ bytes: Int) -> UnsafeMutableRawPointer? {
            let part = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
            part.initializeMemory(as: UInt8.self, repeating: 0xFF)
            memory.append(part)
            return part.baseAddress
        }
        let pool = ThreadPool(threads: 1)
        var blocks: [ir_key_value_block] = []
        var start = 0
        for (count, capacity) in [(40, 64), (128, 128), (1, 32), (33, 96)] + Array(repeating: (128, 128), count: 8)
        where start < sample.keys.rows {
            var block = ir_key_value_block(
                keys: garbage(attention.keyValueHeads * ir_key_bytes(&layout, capacity)),
                values: garbage(attention.keyValueHeads * ir_value_bytes(&layout, capacity)), start: start,
                count: min(count, sample.keys.rows - start), capacity: capacity)
            // An odd piece, a single one, and the rest.
            let pieces = [0, min(7, block.count), min(8, block.count), block.count]
            for (first, end) in zip(pieces, pieces.dropFirst()) {
                for head in 0..<attention.keyValueHeads {
                    let column = head * attention.headDimension
                    let (keys, values) = (sample.keys.view, sample.values.view)
                    pool.run(first == end ? 0 : 1) { (_: Int, worker: OpaquePointer?) in
                        ir_store_keys(
                            set.table, &layout, &block, head, first, keys.row(start + first) + column, keys.stride,
                            end - first, worker)
                        ir_store_values(
                            set.table, &layout, &block, head, first, values.row(start + first) + column, values.stride,
                            end - first, worker)
                    }
                }
            }
            blocks.append(block)
            start += block.count
        }
        blocks.withUnsafeBufferPointer { blocks in
            var description = ir_attention(
                layout: layout, blocks: blocks.baseAddress, block_count: blocks.count,
                group: attention.heads / attention.keyValueHeads, tokens: sample.tokens, start: sample.start,
                window: attention.window ?? 0, scale: attention.scale, queries: sample.queries.pointer,
                query_stride: sample.queries.columns)
            let share = 45
            let parts = (sample.tokens + share - 1) / share
            pool.run(parts * attention.keyValueHeads) { (index: Int, worker: OpaquePointer?) in
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
            sample.attention.apply(
                [sequence(of: sample, pieces: [9])], into: [output.view], on: ThreadPool(threads: threads))
            check(output, sample, tolerance: Case.tolerance)
            return (0..<sample.tokens).flatMap { Array(output.row($0)) }
        }
        #expect(results.dropFirst().allSatisfy { $0 == results[0] })
    }

    private func sequence(of sample: Case, pieces: [Int]) -> Attention.Sequence {
        Attention.Sequence(
            queries: sample.queries.view, blocks: sample.blocks(isBF16: false, pieces: pieces),
            end: sample.start + sample.tokens)
    }

    /// Sequences of one shape together give the bits that each gives alone.
    @Test func sequencesSeeThemselvesAlone() {
        let samples = [(20, 0, 1), (1, 300, 2), (150, 3, 3)].map { tokens, start, seed in
            Case(heads: 4, keyValueHeads: 2, dimension: 32, tokens: tokens, start: start, seed: seed)
        }
        let sequences = samples.map { sequence(of: $0, pieces: [50]) }
        let attention = samples[0].attention
        func outputs(_ apply: ([MatrixView]) -> Void) -> [[Float]] {
            let outputs = samples.map { Matrix(rows: $0.tokens, columns: $0.queries.columns) }
            apply(outputs.map(\.view))
            return outputs.map { Array(UnsafeBufferPointer(start: $0.pointer, count: $0.rows * $0.columns)) }
        }
        let together = outputs { attention.apply(sequences, into: $0, on: Self.pool) }
        let alone = outputs { views in
            for (sequence, view) in zip(sequences, views) { attention.apply([sequence], into: [view], on: Self.pool) }
        }
        #expect(together == alone)
    }

    @Test(arguments: 0..<cases.count) func probesAreSoftmaxRows(index: Int) {
        let sample = Self.cases[index], attention = sample.attention
        let rows = max(0, sample.tokens - 20)..<sample.tokens
        let end = sample.start + sample.tokens
        let heads = Array(stride(from: attention.heads - 1, through: 0, by: -1))
        for columns in [0..<end, end / 3..<end / 2 + 1, end - 1..<end, 0..<end + 3] {
            let result = Matrix(rows: heads.count * rows.count, columns: columns.count)
            let sequence = Attention.Sequence(
                queries: sample.queries.view(rows: rows), blocks: sample.blocks(isBF16: false, pieces: [33, 1]),
                end: end)
            attention.run(
                heads.enumerated().map { slot, head in
                    Attention.Probe(
                        sequence: sequence, head: head, columns: columns,
                        output: result.view(rows: slot * rows.count..<(slot + 1) * rows.count))
                }, on: Self.pool)
            let expected = heads.flatMap { head in
                rows.flatMap { token in
                    let row = sample.probabilities(head: head, token: token)
                    return columns.map { row.indices.contains($0) ? row[$0] : 0 }
                }
            }
            let values = Array(UnsafeBufferPointer(start: result.pointer, count: expected.count))
            #expect(worstExcess(values, expected) { Case.tolerance * expected[$0] } <= 1)
        }
    }
}
