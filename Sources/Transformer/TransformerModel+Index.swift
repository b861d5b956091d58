import Tensors

extension TransformerModel: IndexableModel {
    /// Size and checksum of the file, read when first asked for.
    public var fingerprint: ModelFingerprint {
        get throws { try fileFingerprint.get() }
    }

    /// The keys that a cache holds; see ``IndexableModel/keys(in:layer:head:positions:)``.
    public func keys(in cache: any KeyValueCache, layer: Int, head: Int, positions: Range<Int>) throws -> [Float] {
        guard let cache = cache as? TransformerCache, cache.weights === network.weights else {
            throw ForwardError.foreignCache
        }
        guard
            let keys = cache.keys(layer: layer, head: head, positions: positions)
        else { throw ForwardError.cacheTooShallow(layer: layer) }
        return keys
    }

    /// What moves rotated vectors on; see ``IndexableModel/rotation(ofLayer:upTo:)``.
    public func rotation(ofLayer layer: Int, upTo positions: Int) -> RotaryTable {
        network.rotary(ofLayer: layer).turning(positions + 1)
    }
}
