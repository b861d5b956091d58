import Tensors

/// The keys and values of one sequence, for each layer. Memory is taken by layer as it is needed, and grows by half.
final class TransformerCache: KeyValueCache {
    private(set) var count = 0
    /// The weights that fill it: a cache means nothing to another model.
    let weights: Weights
    private let layers: [LayerCache]
    private let contextLength: Int

    init(weights: Weights, shape: ModelShape) {
        self.weights = weights
        contextLength = shape.contextLength
        layers = (0..<shape.layers).map { _ in
            LayerCache(heads: shape.keyValueHeads, headDimension: shape.headDimension)
        }
    }

    func truncate(to count: Int) {
        guard count >= 0, count < self.count else { return }
        self.count = count
        for layer in layers {
            layer.keyCount = min(layer.keyCount, count)
            layer.valueCount = min(layer.valueCount, count)
        }
    }

    /// The first layer below `limit` of which the cache lacks the keys or values of some of its tokens; or of which it
    /// lacks keys, if that is layer `keysOnly`.
    func firstGap(below limit: Int, keysOnly: Int?) -> Int? {
        (0..<limit).first { index in
            layers[index].keyCount < count || (index != keysOnly && layers[index].valueCount < count)
        }
    }

    /// Makes room for a sequence of `positions` tokens in a layer.
    func reserve(_ positions: Int, layer: Int, values: Bool) {
        layers[layer].reserve(positions, values: values, limit: contextLength)
    }

    /// Stores the keys of the tokens at `start` and behind, one in each row (T x KV heads * headDimension).
    func appendKeys(_ keys: MatrixView, layer: Int, start: Int, on pool: ThreadPool) {
        let cache = layers[layer]
        cache.keys.store(keys, start: start, on: pool)
        cache.keyCount = start + keys.rows
    }

    /// Stores values likewise.
    func appendValues(_ values: MatrixView, layer: Int, start: Int, on pool: ThreadPool) {
        let cache = layers[layer]
        cache.values.store(values, start: start, on: pool)
        cache.valueCount = start + values.rows
    }

    /// A layer's first `count` positions; without values where these were never reserved.
    func view(layer: Int, count: Int) -> KeyValueView {
        let cache = layers[layer]
        // The probe reads no values.
        let values = cache.values.capacity >= count ? cache.values : cache.keys
        return KeyValueView(
            keys: UnsafePointer(cache.keys.pointer), values: UnsafePointer(values.pointer),
            headStride: cache.keys.headStride, count: count)
    }

    /// The keys of one KV head of a layer at `positions`, or nil where they were never computed.
    func keys(layer: Int, head: Int, positions: Range<Int>, headDimension: Int) -> [Float]? {
        guard layers.indices.contains(layer), positions.lowerBound >= 0 else { return nil }
        let cache = layers[layer]
        guard positions.upperBound <= cache.keyCount, (0..<cache.keys.heads).contains(head) else { return nil }
        let start = cache.keys.pointer + head * cache.keys.headStride + positions.lowerBound * headDimension
        return Array(UnsafeBufferPointer(start: start, count: positions.count * headDimension))
    }

    /// The tokens are in all layers that their pass went through.
    func advance(by tokens: Int) { count += tokens }
}

private final class LayerCache {
    var keyCount = 0
    var valueCount = 0
    private(set) var keys: HeadStore
    private(set) var values: HeadStore

    init(heads: Int, headDimension: Int) {
        keys = HeadStore(heads: heads, headDimension: headDimension, capacity: 0)
        values = HeadStore(heads: heads, headDimension: headDimension, capacity: 0)
    }

    func reserve(_ positions: Int, values needsValues: Bool, limit: Int) {
        // Keys and values have one stride: they grow together, values from when they are first needed.
        if positions > keys.capacity {
            let roomy = max(positions, min(limit, keys.capacity + keys.capacity / 2))
            keys = keys.grown(to: (roomy + 15) / 16 * 16, keeping: keyCount)
        }
        if needsValues && values.capacity != keys.capacity {
            values = values.grown(to: keys.capacity, keeping: valueCount)
        }
    }
}

/// Vectors of several heads: that of head h at position p starts at h * headStride + p * headDimension.
private final class HeadStore {
    let heads: Int
    let headDimension: Int
    let capacity: Int
    let pointer: UnsafeMutablePointer<Float>

    var headStride: Int { capacity * headDimension }

    /// Memory for `capacity` positions, not initialised: the system hands out its pages as they are written.
    init(heads: Int, headDimension: Int, capacity: Int) {
        self.heads = heads
        self.headDimension = headDimension
        self.capacity = capacity
        let count = max(1, heads * headDimension * capacity)
        let bytes = count * MemoryLayout<Float>.stride
        pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
    }

    deinit { pointer.deallocate() }

    func grown(to capacity: Int, keeping count: Int) -> HeadStore {
        let larger = HeadStore(heads: heads, headDimension: headDimension, capacity: capacity)
        for head in 0..<heads {
            (larger.pointer + head * larger.headStride)
                .update(from: pointer + head * headStride, count: count * headDimension)
        }
        return larger
    }

    func store(_ rows: MatrixView, start: Int, on pool: ThreadPool) {
        precondition(start + rows.rows <= capacity, "Room must have been reserved.")
        let target = Target(pointer: pointer, headDimension: headDimension, headStride: headStride)
        let block = 64
        let blocks = (rows.rows + block - 1) / block
        pool.run(blocks * heads) { index in
            let (block64, head) = index.quotientAndRemainder(dividingBy: target.heads(rows))
            for row in block64 * block..<min(rows.rows, (block64 + 1) * block) {
                (target.pointer + head * target.headStride + (start + row) * target.headDimension)
                    .update(from: rows.row(row) + head * target.headDimension, count: target.headDimension)
            }
        }
    }

    private struct Target: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<Float>
        let headDimension: Int
        let headStride: Int

        func heads(_ rows: MatrixView) -> Int { rows.columns / headDimension }
    }
}
