import CKernels

/// Causal attention of a block's heads: `heads` query heads, of which each run of heads / keyValueHeads shares one
/// key-value head (grouped-query attention, arXiv 2305.13245).
public struct Attention: Sendable {
    /// Query heads.
    public let heads: Int
    /// Key-value heads.
    public let keyValueHeads: Int
    /// Elements of one head.
    public let headDimension: Int
    /// Factor of the scores, usually 1 / sqrt(headDimension).
    public let scale: Float
    /// A token sees itself and the window - 1 tokens before it; nil: all before it.
    public let window: Int?

    /// `heads` is a multiple of `keyValueHeads`.
    public init(heads: Int, keyValueHeads: Int, headDimension: Int, scale: Float, window: Int? = nil) {
        precondition(
            keyValueHeads > 0 && headDimension > 0 && heads.isMultiple(of: keyValueHeads),
            "The query heads must be a multiple of the key-value heads.")
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.scale = scale
        self.window = window
    }

    /// The tokens of one sequence that attend to it.
    public struct Sequence {
        /// T x heads * headDimension: the queries of the positions end - T ..< end.
        public var queries: MatrixView
        /// The sequence: keys and values of the positions below `end`, at least.
        public var blocks: KeyValueBlocks
        /// The position behind the last query's.
        public var end: Int

        /// Queries of the last positions below `end`.
        public init(queries: MatrixView, blocks: KeyValueBlocks, end: Int) {
            self.queries = queries
            self.blocks = blocks
            self.end = end
        }
    }

    /// softmax(scale * Q * transpose(K), causal) * V, for several sequences, each of which sees itself alone.
    ///
    /// - Parameter outputs: For each sequence a matrix of its queries' shape.
    public func apply(_ sequences: [Sequence], into outputs: [MatrixView], on pool: ThreadPool) {
        precondition(sequences.count == outputs.count, "Every sequence needs an output.")
        let described = sequences.map { DescribedSequence($0, self) }
        // About 192 query rows a task: enough to pay for fetching a block of keys, few enough for the cache.
        let group = heads / keyValueHeads
        var tasks: [(sequence: Int, head: Int, rows: Range<Int>)] = []
        for (index, sequence) in described.enumerated() {
            let rows = sequence.source.queries.rows
            precondition(
                outputs[index].rows == rows && outputs[index].columns == sequence.source.queries.columns,
                "Output must match the queries.")
            let tile = max(1, sequence.with { ir_attention_tile_rows(Kernels.current, $0) })
            let share = max(1, 192 / group / tile) * tile
            // The last tokens see most: their blocks go first, so that no thread is left with a long one at the end.
            for first in stride(from: 0, to: rows, by: share).reversed() {
                for head in 0..<keyValueHeads {
                    tasks.append((index, head, first..<min(first + share, rows)))
                }
            }
        }
        pool.run(tasks.count) { index, worker in
            let task = tasks[index]
            let output = outputs[task.sequence]
            described[task.sequence].with {
                ir_attention_forward(
                    Kernels.current, $0, task.head, task.rows.lowerBound, task.rows.count, output.pointer,
                    output.stride, worker)
            }
        }
    }

    /// A head's softmax attention to chosen columns.
    public struct Probe {
        /// The rows are its queries; values are not needed.
        public var sequence: Sequence
        /// Query head, counted from 0.
        public var head: Int
        /// Positions. Those behind a row's own get 0.
        public var columns: Range<Int>
        /// Queries x columns probabilities.
        public var output: MatrixView

        /// A probe whose output has the queries' rows and as many columns as `columns`.
        public init(sequence: Sequence, head: Int, columns: Range<Int>, output: MatrixView) {
            precondition(
                output.rows == sequence.queries.rows && output.columns == columns.count
                    && output.stride == output.columns && columns.lowerBound >= 0,
                "The output must have the probe's rows and columns, without gaps.")
            self.sequence = sequence
            self.head = head
            self.columns = columns
            self.output = output
        }
    }

    /// Computes what probes ask for, in one loop.
    public func run(_ probes: [Probe], on pool: ThreadPool) {
        precondition(probes.allSatisfy { (0..<heads).contains($0.head) }, "There is no such head.")
        let described = probes.map { DescribedSequence($0.sequence, self) }
        let share = 16
        let tasks = probes.indices.flatMap { probe in
            stride(from: 0, to: probes[probe].output.rows, by: share).map { (probe: probe, first: $0) }
        }
        pool.run(tasks.count) { index, worker in
            let (task, first) = tasks[index]
            let (probe, output) = (probes[task], probes[task].output)
            described[task].with {
                ir_attention_probe(
                    Kernels.current, $0, probe.head, first, min(share, output.rows - first), probe.columns.lowerBound,
                    probe.columns.count, output.pointer + first * output.stride, worker)
            }
        }
    }
}

/// A sequence as C sees it.
private struct DescribedSequence: @unchecked Sendable {
    let source: Attention.Sequence
    private let attention: Attention
    private let blocks: [ir_key_value_block]

    init(_ sequence: Attention.Sequence, _ attention: Attention) {
        precondition(
            sequence.queries.columns == attention.heads * attention.headDimension,
            "The queries must have all heads side by side.")
        precondition(
            sequence.queries.rows <= sequence.end && sequence.end <= sequence.blocks.keyCount,
            "The sequence must hold the queries' keys and values.")
        source = sequence
        self.attention = attention
        blocks = sequence.blocks.descriptions(below: sequence.end)
    }

    func with<Result>(_ body: (UnsafePointer<ir_attention>) -> Result) -> Result {
        blocks.withUnsafeBufferPointer { blocks in
            let description = ir_attention(
                layout: source.blocks.layout.description, blocks: blocks.baseAddress, block_count: blocks.count,
                group: attention.heads / attention.keyValueHeads, tokens: source.queries.rows,
                start: source.end - source.queries.rows, window: attention.window ?? 0, scale: attention.scale,
                queries: source.queries.pointer, query_stride: source.queries.stride)
            return withUnsafePointer(to: description, body)
        }
    }
}
