import Transformer

/// Which keys an index stores, and how: those of the KV heads that the profile's heads read, by layer and head.
struct KeyLayout: Sendable, Hashable {
    /// One KV head of one layer.
    struct Source: Sendable, Hashable, Comparable, Codable {
        var layer: Int
        var keyValueHead: Int

        static func < (left: Source, right: Source) -> Bool {
            (left.layer, left.keyValueHead) < (right.layer, right.keyValueHead)
        }
    }

    /// Keys in a tile of codes, as `CKernels` wants them.
    static let tile = 16

    /// The KV heads, sorted.
    let sources: [Source]
    /// Elements of a key.
    let dimension: Int
    let format: KeyFormat

    init(heads: [AttentionHead], shape: ModelShape, format: KeyFormat) {
        self.format = format
        sources = Set(heads.map { Self.source(of: $0, shape: shape) }).sorted()
        dimension = shape.headDimension
    }

    init(sources: [Source], dimension: Int, format: KeyFormat) {
        self.format = format
        self.sources = sources
        self.dimension = dimension
    }

    /// The KV head that a query head reads.
    static func source(of head: AttentionHead, shape: ModelShape) -> Source {
        Source(layer: head.layer, keyValueHead: head.head / (shape.heads / shape.keyValueHeads))
    }

    /// Keys of a window, rounded up to whole tiles.
    static func padded(_ tokens: Int) -> Int { (tokens + tile - 1) / tile * tile }

    /// Bytes of one source's keys in a window.
    func sourceSize(tokens: Int) -> Int {
        switch format {
        case .int4: 8 * dimension + Self.padded(tokens) * (2 + dimension / 2)
        case .int8: 8 * dimension + Self.padded(tokens) * (4 + dimension)
        case .float16: 4 * dimension + Self.padded(tokens) * 2 * dimension
        }
    }

    /// Bytes of a window's data before padding.
    func dataSize(tokens: Int) -> Int { sources.count * sourceSize(tokens: tokens) }
}
