/// Makes one score of several whose scales do not compare.
package enum Fusion {
    /// The weighted sum of each column's standard scores (convex fusion; arXiv 2210.11934).
    ///
    /// Scores of attention and words have a long tail, and a passage that stands far out in one of them is meant by it: so no
    /// logarithms, and no ranks.
    package static func fused(_ columns: [Column]) -> [Float] {
        var sums = [Float](repeating: 0, count: columns.first?.scores.count ?? 0)
        for column in columns {
            let scores = standardized(column.scores, leastDeviation: column.leastDeviation)
            for (index, score) in scores.enumerated() { sums[index] += column.weight * score }
        }
        return sums
    }

    /// Scores of one kind.
    package struct Column {
        var scores: [Float]
        var weight: Float
        /// Scores that lie closer together than this say little, and are not blown up.
        var leastDeviation: Float

        package init(_ scores: [Float], weight: Float = 1, leastDeviation: Float = 0) {
            self.scores = scores
            self.weight = weight
            self.leastDeviation = leastDeviation
        }
    }

    /// Values less their mean, over their standard deviation.
    private static func standardized(_ values: [Float], leastDeviation: Float) -> [Float] {
        guard !values.isEmpty else { return [] }
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        let deviation = max(variance.squareRoot(), Double(leastDeviation))
        return values.map { deviation > 1e-12 ? Float((Double($0) - mean) / deviation) : 0 }
    }
}
