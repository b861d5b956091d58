import Tensors
import Tokenization

/// A language model whose keys can be stored, for the queries of later passes to attend to.
public protocol IndexableModel: LanguageModel {
    /// What tells this model's numbers from those of any other model.
    var fingerprint: ModelFingerprint { get throws }

    /// The keys that a cache holds of one KV head of one layer, rotated to their positions: positions x headDimension.
    /// - Throws: ``ForwardError`` where the cache is another model's, or lacks these keys.
    func keys(in cache: any KeyValueCache, layer: Int, head: Int, positions: Range<Int>) throws -> [Float]

    /// What moves a rotated query or key of a layer on by up to `positions` positions: turning a vector that stands at position p as
    /// befits position d gives the vector at p + d.
    func rotation(ofLayer layer: Int, upTo positions: Int) -> RotaryTable
}

/// Size and checksum of a model file. It tells files apart that differ by accident or by intent to be another model; it is
/// no defence against someone who forges a checksum.
public struct ModelFingerprint: Sendable, Hashable, Codable {
    /// Bytes of the file.
    public var bytes: Int
    /// CRC-32C of the whole file.
    public var checksum: UInt32

    /// A fingerprint from its parts.
    public init(bytes: Int, checksum: UInt32) {
        self.bytes = bytes
        self.checksum = checksum
    }
}

extension ModelFingerprint: CustomStringConvertible {
    /// For messages: the checksum in hexadecimal digits.
    public var description: String {
        let digits = String(checksum, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
