import Transformer

/// What one window's attention says about each of its tokens (steps 3 to 5 of the paper).
package struct AttentionScores {
    /// For each context token `j` its score: `Σ_i u[i]² · P[i, j]`, with `P` the phrase scores of row `i`.
    package let tokens: [Float]
    /// The weight `u` of each row: the attention that it pays to the rows themselves.
    package let rowWeights: [Float]

    /// - Parameters:
    ///   - attention: Softmax attention, heads x rows x columns. The first `contextCount` columns are the context; the
    ///     rows' own positions are the last columns.
    ///   - contextCount: Number of context tokens.
    ///   - phraseWidth: Width of the phrase filter in tokens.
    ///   - rowWeights: The weight of each row, or `nil` to take it from this attention.
    init(_ attention: AttentionCapture, contextCount: Int, phraseWidth: Int, rowWeights: [Float]?) {
        let probe = attention.probe
        let rows = probe.rows.count
        let columns = probe.columns.count
        // S = Σ_h A[h], one row at a time; only Σ_i u[i]² · S[i, j] is kept, since the phrase filter is linear.
        var summed = [Float](repeating: 0, count: columns)
        var weighted = [Float](repeating: 0, count: contextCount)
        var weights = rowWeights ?? []
        let ownColumns = probe.rows.lowerBound - probe.columns.lowerBound..<columns
        for row in 0..<rows {
            for column in 0..<columns { summed[column] = 0 }
            for head in probe.heads.indices {
                let start = (head * rows + row) * columns
                attention.values.withUnsafeBufferPointer { values in
                    for column in 0..<columns { summed[column] += values[start + column] }
                }
            }
            if rowWeights == nil { weights.append(summed[ownColumns].reduce(0, +)) }
            let weight = weights[row] * weights[row]
            for column in 0..<contextCount { weighted[column] += weight * summed[column] }
        }
        tokens = Self.phraseScores(weighted, width: phraseWidth)
        self.rowWeights = weights
    }

    /// Box filter of `width` tokens along the context, zero padded: `P[j] = Σ S[j + d]` over
    /// `-(width / 2) <= d < width - width / 2`, so that an even width leans to the left, as the authors' package does.
    package static func phraseScores(_ scores: [Float], width: Int) -> [Float] {
        let before = width / 2
        let behind = width - 1 - before
        // Direct sums: a running sum would carry rounding errors of large scores into small ones.
        return scores.indices.map { center in
            var sum: Float = 0
            for index in max(0, center - before)...min(scores.count - 1, center + behind) { sum += scores[index] }
            return sum
        }
    }
}
