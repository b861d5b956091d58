import CKernels

/// Turns the keys of one window and KV head into bytes: what is common to them in float32, and their elements in float16.
///
/// Element d of a key is `mean[d] + half`. Without the mean, elements with large biases, as Qwen2's have, would lose bits.
enum HalfPrecisionKeys {
    /// - Parameter keys: tokens x dimension.
    /// - Returns: mean (float32 x dimension), halves in tiles of 16 keys.
    static func bytes(of keys: [Float], dimension: Int) -> [UInt8] {
        let tokens = keys.count / dimension
        let mean = KeyMean.of(keys, dimension: dimension)
        var halves = [UInt16](repeating: 0, count: KeyLayout.padded(tokens) * dimension)
        keys.withUnsafeBufferPointer { keys in
            for token in 0..<tokens {
                let start = token / KeyLayout.tile * KeyLayout.tile * dimension + token % KeyLayout.tile
                for d in 0..<dimension {
                    // Infinity would make every softmax of the window not a number.
                    let value = max(-65_504, min(65_504, keys[token * dimension + d] - mean[d]))
                    halves[start + d * KeyLayout.tile] = ir_float_to_half(value).littleEndian
                }
            }
        }
        var writer = ByteWriter()
        for value in mean { writer.write(value) }
        halves.withUnsafeBytes { writer.write(contentsOf: $0) }
        return writer.bytes
    }
}
