import CKernels

/// One layer's keys and values: those of KV head h at position p start at h * headStride + p * headDimension, for the
/// positions of the whole sequence so far, the new tokens included.
public struct KeyValueView: @unchecked Sendable {
    /// The first key of KV head 0.
    public let keys: UnsafePointer<Float>
    /// The first value of KV head 0.
    public let values: UnsafePointer<Float>
    /// Elements from one KV head to the next.
    public let headStride: Int
    /// Positions present.
    public let count: Int

    /// `headStride` is at least count * headDimension.
    public init(keys: UnsafePointer<Float>, values: UnsafePointer<Float>, headStride: Int, count: Int) {
        self.keys = keys
        self.values = values
        self.headStride = headStride
        self.count = count
    }
}

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
    /// With int8, products are made in bf16 where the CPU multiplies it itself; sums and softmax are float32 always.
    public let arithmetic: Arithmetic

    /// `heads` is a multiple of `keyValueHeads`.
    public init(
        heads: Int, keyValueHeads: Int, headDimension: Int, scale: Float, window: Int? = nil,
        arithmetic: Arithmetic = .float32
    ) {
        precondition(
            keyValueHeads > 0 && headDimension > 0 && heads.isMultiple(of: keyValueHeads),
            "The query heads must be a multiple of the key-value heads.")
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.scale = scale
        self.window = window
        self.arithmetic = arithmetic
    }

    /// softmax(scale * Q * transpose(K), causal) * V.
    ///
    /// - Parameters:
    ///   - queries: T x heads * headDimension; its rows are the last T positions of `cache`.
    ///   - output: T x heads * headDimension.
    ///   - workspace: Where the cache is packed.
    public func apply(
        queries: MatrixView, cache: KeyValueView, into output: MatrixView, workspace: AttentionWorkspace,
        on pool: ThreadPool
    ) {
        precondition(output.rows == queries.rows && output.columns == queries.columns, "Output must match the queries.")
        var description = describe(queries, cache)
        description.bf16 = arithmetic == .int8 && Kernels.current.pointee.multiplies_bf16
        description.packed = workspace.reserve(ir_attention_packed_bytes(&description, keyValueHeads))
        withUnsafePointer(to: description) { description in
            pool.run(ir_attention_block_count(description) * keyValueHeads) { index, worker in
                let (block, head) = index.quotientAndRemainder(dividingBy: keyValueHeads)
                ir_attention_pack(Kernels.current, description, head, block, worker)
            }
            // About 192 query rows a task: enough to pay for fetching a block of keys, few enough for the cache.
            let group = heads / keyValueHeads
            let tile = max(1, ir_attention_tile_rows(Kernels.current, description))
            let share = max(1, 192 / group / tile) * tile
            let blocks = (queries.rows + share - 1) / share
            pool.run(blocks * keyValueHeads) { index, worker in
                // The last tokens see most: their blocks go first, so that no thread is left with a long one at the end.
                let first = (blocks - 1 - index / keyValueHeads) * share
                ir_attention_forward(
                    Kernels.current, description, index % keyValueHeads, first, min(share, queries.rows - first),
                    output.pointer, output.stride, worker)
            }
        }
    }

    /// Softmax attention of chosen heads and rows over chosen columns.
    ///
    /// - Parameters:
    ///   - queries: T x heads * headDimension; its rows are the last T positions of `cache`. Rows outside `rows` are not read.
    ///   - heads: query heads, counted from 0.
    ///   - rows: rows of `queries`.
    ///   - columns: positions in the cache. Those behind a row's own position get 0.
    ///   - output: heads.count * rows.count * columns.count probabilities, row-major in this order.
    public func probe(
        queries: MatrixView, cache: KeyValueView, heads chosen: [Int], rows: Range<Int>, columns: Range<Int>,
        into output: UnsafeMutableBufferPointer<Float>, on pool: ThreadPool
    ) {
        precondition(output.count >= chosen.count * rows.count * columns.count, "The output is too small.")
        precondition(rows.lowerBound >= 0 && rows.upperBound <= queries.rows, "The rows leave the queries.")
        precondition(columns.lowerBound >= 0 && columns.upperBound <= cache.count, "The columns leave the cache.")
        precondition(chosen.allSatisfy { $0 >= 0 && $0 < heads }, "There is no such head.")
        guard let start = output.baseAddress, !rows.isEmpty, !columns.isEmpty else { return }
        let description = describe(queries, cache)
        let share = min(rows.count, 16)
        let blocks = (rows.count + share - 1) / share
        let target = UncheckedPointer(pointer: start)
        pool.run(blocks * chosen.count) { index, worker in
            let (slot, block) = index.quotientAndRemainder(dividingBy: blocks)
            let first = block * share
            withUnsafePointer(to: description) {
                ir_attention_probe(
                    Kernels.current, $0, chosen[slot], rows.lowerBound + first, min(share, rows.count - first),
                    columns.lowerBound, columns.count,
                    target.pointer + (slot * rows.count + first) * columns.count, worker)
            }
        }
    }

    private func describe(_ queries: MatrixView, _ cache: KeyValueView) -> ir_attention {
        precondition(queries.columns == heads * headDimension, "The queries must have all heads side by side.")
        precondition(queries.rows <= cache.count, "The cache must hold the new tokens' keys and values.")
        return ir_attention(
            head_dimension: headDimension, group: heads / keyValueHeads, tokens: queries.rows,
            start: cache.count - queries.rows, window: window ?? 0, scale: scale, queries: queries.pointer,
            query_stride: queries.stride, keys: cache.keys, values: cache.values, cache_head_stride: cache.headStride,
            bf16: false, packed: nil)
    }
}

/// A pointer that threads write through, each to elements of its own.
struct UncheckedPointer: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>
}
