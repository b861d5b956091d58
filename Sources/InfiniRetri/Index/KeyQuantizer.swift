/// Turns the keys of one window and KV head into bytes: their mean, and for each key a scale and int8 codes of its
/// difference from the mean.
///
/// A key's constant part is the same for all keys of a window, so it says nothing about which of them a query prefers, but
/// it is large: Qwen2's keys have biases that would take most of a code's 255 steps. So it is kept once, in float32.
enum KeyQuantizer {
    /// - Parameters:
    ///   - keys: tokens x dimension.
    ///   - dimension: A multiple of 4.
    /// - Returns: mean (float32 x dimension), scales (float32 x padded tokens), codes in tiles of 16 keys (code + 128).
    static func bytes(of keys: [Float], dimension: Int) -> [UInt8] {
        let tokens = keys.count / dimension
        let padded = KeyLayout.padded(tokens)
        var mean = [Float](repeating: 0, count: dimension)
        var scales = [Float](repeating: 0, count: padded)
        var codes = [UInt8](repeating: 128, count: padded * dimension)
        keys.withUnsafeBufferPointer { keys in
            for token in 0..<tokens {
                for d in 0..<dimension { mean[d] += keys[token * dimension + d] }
            }
            for d in 0..<dimension { mean[d] /= Float(max(1, tokens)) }
            for token in 0..<tokens {
                let key = token * dimension
                var largest: Float = 0
                for d in 0..<dimension { largest = max(largest, (keys[key + d] - mean[d]).magnitude) }
                guard largest > 1e-30 else { continue }
                let factor = 127 / largest
                scales[token] = largest / 127
                let start = token / KeyLayout.tile * KeyLayout.tile * dimension + token % KeyLayout.tile * 4
                for d in 0..<dimension {
                    let code = ((keys[key + d] - mean[d]) * factor).rounded(.toNearestOrEven)
                    codes[start + d / 4 * 4 * KeyLayout.tile + d % 4] = UInt8(Int(code) + 128)
                }
            }
        }
        var writer = ByteWriter()
        for value in mean { writer.write(value) }
        for value in scales { writer.write(value) }
        writer.write(contentsOf: codes)
        return writer.bytes
    }
}
