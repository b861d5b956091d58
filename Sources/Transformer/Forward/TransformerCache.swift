import Tensors

/// The keys and values of one sequence, for each layer. Memory is taken by layer as it is needed, in blocks; a fork shares those
/// that are there.
final class TransformerCache: KeyValueCache {
    private(set) var count = 0
    /// The weights that fill it: a cache means nothing to another model.
    let weights: Weights
    private var layers: [KeyValueBlocks]

    init(_ network: Network) {
        weights = network.weights
        layers = network.layers.map {
            KeyValueBlocks(
                KeyValueBlocks.Layout(
                    heads: $0.attention.keyValueHeads, headDimension: $0.attention.headDimension,
                    arithmetic: network.arithmetic))
        }
    }

    private init(sharing other: TransformerCache) {
        count = other.count
        weights = other.weights
        layers = other.layers
    }

    func fork() -> any KeyValueCache { TransformerCache(sharing: self) }

    var byteCount: Int { layers.reduce(0) { $0 + $1.byteCount } }

    func truncate(to count: Int) {
        guard count >= 0, count <= self.count else { return }
        self.count = count
        for layer in layers.indices { layers[layer].truncate(to: count) }
    }

    /// The first layer below `limit` of which the cache lacks the keys or values of some of its tokens; or of which it
    /// lacks keys, if that is layer `keysOnly`.
    func firstGap(below limit: Int, keysOnly: Int?) -> Int? {
        (0..<limit).first { index in
            layers[index].keyCount < count || (index != keysOnly && layers[index].valueCount < count)
        }
    }

    /// Makes room for a sequence of `positions` tokens in a layer.
    func reserve(_ positions: Int, layer: Int, values: Bool) { layers[layer].reserve(positions, values: values) }

    /// Counts positions of a layer as stored.
    func advance(to positions: Int, layer: Int, values: Bool) { layers[layer].advance(to: positions, values: values) }

    /// Counts positions as stored in all layers that their pass went through.
    func advance(to positions: Int) { count = positions }

    /// A layer's keys and values.
    func blocks(layer: Int) -> KeyValueBlocks { layers[layer] }

    /// The keys of one KV head of a layer at `positions`, or nil where they were never computed.
    func keys(layer: Int, head: Int, positions: Range<Int>) -> [Float]? {
        layers.indices.contains(layer) ? layers[layer].keys(head: head, positions: positions) : nil
    }
}
