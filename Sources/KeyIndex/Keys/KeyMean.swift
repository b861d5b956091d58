/// What the keys of a window have in common. It says nothing about which of them a query prefers, so it need not be told
/// apart from key to key.
enum KeyMean {
    /// The mean of each element.
    /// - Parameter keys: tokens x dimension.
    static func of(_ keys: [Float], dimension: Int) -> [Float] {
        var mean = [Float](repeating: 0, count: dimension)
        let tokens = keys.count / dimension
        keys.withUnsafeBufferPointer { keys in
            for token in 0..<tokens {
                for d in 0..<dimension { mean[d] += keys[token * dimension + d] }
            }
        }
        for d in 0..<dimension { mean[d] /= Float(max(1, tokens)) }
        return mean
    }
}
