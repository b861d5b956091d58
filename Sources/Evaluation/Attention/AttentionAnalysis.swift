/// What the readings of several questions say about each layer and head (`analyze`).
public struct AttentionAnalysis: Sendable, Encodable, Equatable {
    /// A layer, or a head of one.
    public struct Part: Sendable, Encodable, Equatable {
        /// Mean share of the window's attention that falls on the passage that answers, 0 to 1.
        public var share: Double
        /// Mean place of that passage among all: 1 is the best.
        public var rank: Double
        /// Share of the questions for which it is the best.
        public var top1: Double
        /// Correlation (Pearson) of the share with whether the model's own answer is right; nil where that is the same for
        /// all questions, or was not asked.
        public var correlation: Double?
    }

    /// Questions read.
    public var questions: Int
    /// The share of the attention that would fall on the passage if all passages had the same; mean.
    public var evenShare: Double
    /// Share of the questions that the model answers rightly with the whole window before it; nil where it was not asked.
    public var answeredRightly: Double?
    /// For each layer, all its heads together.
    public var layers: [Part]
    /// For each layer and head.
    public var heads: [[Part]]

    /// Sums up readings of one model.
    public init(_ readings: [AttentionReading]) {
        questions = readings.count
        evenShare = Self.mean(readings.map { 1 / Double(max(1, $0.passages)) })
        let right = readings.compactMap(\.isCorrect).map { $0 ? 1.0 : 0 }
        answeredRightly = right.isEmpty ? nil : Self.mean(right)
        let asked = right.count == readings.count ? right : []
        func part(_ shares: [Double], _ ranks: [Int]) -> Part {
            Part(
                share: Self.mean(shares), rank: Self.mean(ranks.map(Double.init)),
                top1: Self.mean(ranks.map { $0 == 1 ? 1 : 0 }), correlation: Self.correlation(shares, asked))
        }
        let count = readings.map(\.layerRanks.count).min() ?? 0
        layers = (0..<count).map { layer in
            part(readings.map { $0.layerShares[layer] }, readings.map { $0.layerRanks[layer] })
        }
        heads = (0..<count).map { layer in
            (0..<(readings.map { $0.headRanks[layer].count }.min() ?? 0)).map { head in
                part(readings.map { $0.headShares[layer][head] }, readings.map { $0.headRanks[layer][head] })
            }
        }
    }

    /// Pearson's correlation; nil where it is not defined: fewer than three values, or no spread on one side.
    package static func correlation(_ one: [Double], _ other: [Double]) -> Double? {
        guard one.count == other.count, one.count >= 3 else { return nil }
        let (meanOne, meanOther) = (mean(one), mean(other))
        var (covariance, varianceOne, varianceOther) = (0.0, 0.0, 0.0)
        for (left, right) in zip(one, other) {
            covariance += (left - meanOne) * (right - meanOther)
            varianceOne += (left - meanOne) * (left - meanOne)
            varianceOther += (right - meanOther) * (right - meanOther)
        }
        guard varianceOne > 0, varianceOther > 0 else { return nil }
        return covariance / (varianceOne * varianceOther).squareRoot()
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
