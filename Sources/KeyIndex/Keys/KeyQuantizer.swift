import CKernels

/// Turns the keys of one window and KV head into bytes: what is common to them in float32, and for each key a scale and
/// codes of eight or four bits.
///
/// Element d of a key is `mean[d] + range[d] * scale * code`. Elements differ in size by a hundred times where keys have biases, as
/// Qwen2's do, so that without ranges a few of them would take most of a code's steps.
struct KeyQuantizer {
    private let mean: [Float]
    /// For each element the largest distance from the mean.
    private let ranges: [Float]
    /// For each key, padding included.
    private var scales: [Float]
    /// Codes in tiles of 16 keys, as `CKernels` wants them.
    private var codes: [Int8]

    /// - Returns: mean and ranges (float32 x dimension), scales (float32 x padded tokens), codes (code + 128).
    static func int8Bytes(of keys: [Float], dimension: Int) -> [UInt8] {
        let quantized = KeyQuantizer(keys, dimension: dimension, largestCode: 127) { $0 }
        var writer = quantized.begunBytes()
        for scale in quantized.scales { writer.write(scale) }
        writer.write(contentsOf: quantized.codes.map { UInt8(Int($0) + 128) })
        return writer.bytes
    }

    /// - Returns: mean and ranges (float32 x dimension), scales (float16 x padded tokens), codes (code + 8): of 64 that lie
    ///   together the first 32 in the lower halves of 32 bytes, the others in the upper halves.
    static func int4Bytes(of keys: [Float], dimension: Int) -> [UInt8] {
        let quantized = KeyQuantizer(keys, dimension: dimension, largestCode: 7) {
            ir_half_to_float(ir_float_to_half($0))
        }
        var writer = quantized.begunBytes()
        for scale in quantized.scales { writer.write(ir_float_to_half(scale)) }
        let codes = quantized.codes.map { UInt8(Int($0) + 8) }
        var packed = [UInt8](repeating: 0, count: codes.count / 2)
        for pair in packed.indices {
            let first = pair / 32 * 64 + pair % 32
            packed[pair] = codes[first] | codes[first + 32] << 4
        }
        writer.write(contentsOf: packed)
        return writer.bytes
    }

    /// - Parameters:
    ///   - keys: tokens x dimension.
    ///   - dimension: A multiple of 4.
    ///   - largestCode: Codes go from its negative to it.
    ///   - stored: What becomes of a scale when it is stored.
    private init(_ keys: [Float], dimension: Int, largestCode: Float, stored: (Float) -> Float) {
        let tokens = keys.count / dimension
        let padded = KeyLayout.padded(tokens)
        mean = KeyMean.of(keys, dimension: dimension)
        ranges = Self.ranges(of: keys, around: mean)
        scales = [Float](repeating: 0, count: padded)
        codes = [Int8](repeating: 0, count: padded * dimension)
        let reciprocals = ranges.map { $0 > 1e-30 ? 1 / $0 : 0 }
        keys.withUnsafeBufferPointer { keys in
            var relative = [Float](repeating: 0, count: dimension)
            for token in 0..<tokens {
                var largest: Float = 0
                for d in 0..<dimension {
                    relative[d] = (keys[token * dimension + d] - mean[d]) * reciprocals[d]
                    largest = max(largest, relative[d].magnitude)
                }
                let scale = stored(largest / largestCode)
                guard scale > 1e-30 else { continue }
                scales[token] = scale
                let factor = 1 / scale
                let start = token / KeyLayout.tile * KeyLayout.tile * dimension + token % KeyLayout.tile * 4
                for d in 0..<dimension {
                    let code = (relative[d] * factor).rounded(.toNearestOrEven)
                    codes[start + d / 4 * 4 * KeyLayout.tile + d % 4] = Int8(max(-largestCode, min(largestCode, code)))
                }
            }
        }
    }

    /// Bytes that begin with what all keys have in common.
    private func begunBytes() -> ByteWriter {
        var writer = ByteWriter()
        for value in mean + ranges { writer.write(value) }
        return writer
    }

    private static func ranges(of keys: [Float], around mean: [Float]) -> [Float] {
        var ranges = [Float](repeating: 0, count: mean.count)
        keys.withUnsafeBufferPointer { keys in
            for token in 0..<keys.count / mean.count {
                for d in mean.indices { ranges[d] = max(ranges[d], (keys[token * mean.count + d] - mean[d]).magnitude) }
            }
        }
        return ranges
    }
}
