import Transformer

/// What one window's attention says about each of its tokens (steps 3 to 5 of the paper).
package struct AttentionScores: Sendable {
    /// Context tokens.
    package let tokenCount: Int
    /// The phrase scores `P`, query tokens x tokens: heads summed, and filtered along the context.
    package let phraseScores: [Float]
    /// For each query token the attention `u` that it pays to the query tokens, summed over heads.
    package let attentionToQuery: [Float]

    /// - Parameters:
    ///   - attention: Softmax attention, heads x rows x columns. The first `contextCount` columns are the context; the
    ///     rows' own positions are the last columns.
    ///   - contextCount: Number of context tokens.
    ///   - phraseWidth: Width of the phrase filter in tokens.
    package init(_ attention: AttentionCapture, contextCount: Int, phraseWidth: Int) {
        let probe = attention.probe
        let (rows, columns) = (probe.rows.count, probe.columns.count)
        let ownColumns = probe.rows.lowerBound - probe.columns.lowerBound..<columns
        var phraseScores: [Float] = []
        phraseScores.reserveCapacity(rows * contextCount)
        var attentionToQuery: [Float] = []
        // S = Σ_h A[h], one row at a time.
        var summed = [Float](repeating: 0, count: columns)
        for row in 0..<rows {
            attention.sum(heads: probe.heads.indices, row: row, into: &summed)
            attentionToQuery.append(summed[ownColumns].reduce(0, +))
            phraseScores += Self.phraseScores(summed[..<contextCount], width: phraseWidth)
        }
        tokenCount = contextCount
        self.phraseScores = phraseScores
        self.attentionToQuery = attentionToQuery
    }

    /// Scores from their parts.
    package init(tokenCount: Int, phraseScores: [Float], attentionToQuery: [Float]) {
        self.tokenCount = tokenCount
        self.phraseScores = phraseScores
        self.attentionToQuery = attentionToQuery
    }

    /// The phrase scores of some of the tokens: query tokens x these.
    func phraseScores(of tokens: Range<Int>) -> [Float] {
        attentionToQuery.indices.flatMap { row in
            phraseScores[row * tokenCount + tokens.lowerBound..<row * tokenCount + tokens.upperBound]
        }
    }

    /// For each context token `j` its score `Σ_i weight[i] · P[i, j]`.
    package func tokens(weights: [Float]) -> [Float] { Self.weighted(phraseScores, weights: weights) }

    /// `Σ_i weight[i] · scores[i, j]` for each token `j`.
    /// - Parameter scores: One row of scores for each weight, row-major.
    static func weighted(_ scores: [Float], weights: [Float]) -> [Float] {
        var sums = [Float](repeating: 0, count: scores.count / max(1, weights.count))
        scores.withUnsafeBufferPointer { scores in
            for (row, weight) in weights.enumerated() {
                let start = row * sums.count
                for token in sums.indices { sums[token] += weight * scores[start + token] }
            }
        }
        return sums
    }

    /// Box filter of `width` tokens along the context, zero padded: `P[j] = Σ S[j + d]` over
    /// `-(width / 2) <= d < width - width / 2`, so that an even width leans to the left, as the authors' package does.
    package static func phraseScores(_ scores: ArraySlice<Float>, width: Int) -> [Float] {
        let before = width / 2
        let behind = width - 1 - before
        return scores.withUnsafeBufferPointer { scores in
            // Direct sums: a running sum would carry rounding errors of large scores into small ones.
            scores.indices.map { center in
                var sum: Float = 0
                for index in max(0, center - before)...min(scores.count - 1, center + behind) { sum += scores[index] }
                return sum
            }
        }
    }
}

extension AttentionCapture {
    /// The attention of one row to each of the probe's columns, summed over heads (indices into the probe's): step 3 of the paper.
    package func sum(heads: some Sequence<Int>, row: Int, into sums: inout [Float]) {
        let columns = probe.columns.count
        for column in 0..<columns { sums[column] = 0 }
        values.withUnsafeBufferPointer { values in
            for head in heads {
                let start = (head * probe.rows.count + row) * columns
                for column in 0..<columns { sums[column] += values[start + column] }
            }
        }
    }
}
