/// Turns the keys of one window and KV head into bytes: what is common to them in float32, and for each key a scale and
/// int8 codes.
///
/// Element d of a key is `mean[d] + range[d] * scale * code`. Elements differ in size by a hundred times where keys have biases, as
/// Qwen2's do, so that without ranges a few of them would take most of a code's 255 steps.
enum KeyQuantizer {
    /// - Parameters:
    ///   - keys: tokens x dimension.
    ///   - dimension: A multiple of 4.
    /// - Returns: mean and ranges (float32 x dimension), scales (float32 x padded tokens), codes in tiles of 16 keys
    ///   (code + 128).
    static func bytes(of keys: [Float], dimension: Int) -> [UInt8] {
        let tokens = keys.count / dimension
        let padded = KeyLayout.padded(tokens)
        let mean = KeyMean.of(keys, dimension: dimension)
        let ranges = ranges(of: keys, around: mean)
        var scales = [Float](repeating: 0, count: padded)
        var codes = [UInt8](repeating: 128, count: padded * dimension)
        let reciprocals = ranges.map { $0 > 1e-30 ? 1 / $0 : 0 }
        keys.withUnsafeBufferPointer { keys in
            var relative = [Float](repeating: 0, count: dimension)
            for token in 0..<tokens {
                var largest: Float = 0
                for d in 0..<dimension {
                    relative[d] = (keys[token * dimension + d] - mean[d]) * reciprocals[d]
                    largest = max(largest, relative[d].magnitude)
                }
                guard largest > 1e-30 else { continue }
                let factor = 127 / largest
                scales[token] = largest / 127
                let start = token / KeyLayout.tile * KeyLayout.tile * dimension + token % KeyLayout.tile * 4
                for d in 0..<dimension {
                    let code = (relative[d] * factor).rounded(.toNearestOrEven)
                    codes[start + d / 4 * 4 * KeyLayout.tile + d % 4] = UInt8(Int(code) + 128)
                }
            }
        }
        var writer = ByteWriter()
        for value in mean + ranges + scales { writer.write(value) }
        writer.write(contentsOf: codes)
        return writer.bytes
    }

    /// For each element the largest distance from the mean.
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
