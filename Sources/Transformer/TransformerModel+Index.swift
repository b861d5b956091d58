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
            let keys = cache.keys(
                layer: layer, head: head, positions: positions, headDimension: shape.headDimension)
        else { throw ForwardError.cacheTooShallow(layer: layer) }
        return keys
    }

    /// What moves rotated vectors on; see ``IndexableModel/rotation(upTo:)``.
    public func rotation(upTo positions: Int) -> RotaryTable { network.rotary.turning(positions + 1) }
}
