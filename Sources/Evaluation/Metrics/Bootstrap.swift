import Transformer

/// Percentile bootstrap (Efron 1979): how far a mean might lie off for the chance of which questions were asked.
public enum Bootstrap {
    /// The interval that holds the mean in 95 % of resamples of `values` with replacement.
    ///
    /// Deterministic: the same values and seed give the same interval.
    /// - Returns: nil when `values` is empty.
    public static func interval95(of values: [Double], resamples: Int = 2_000, seed: UInt64 = 1) -> ClosedRange<Double>?
    {
        guard !values.isEmpty, resamples > 0 else { return nil }
        var generator = SplitMix64(seed: seed)
        var means = (0..<resamples).map { _ in
            var sum = 0.0
            for _ in values { sum += values[Int.random(in: 0..<values.count, using: &generator)] }
            return sum / Double(values.count)
        }
        means.sort()
        return quantile(0.025, of: means)...quantile(0.975, of: means)
    }

    /// Linear interpolation between the two nearest order statistics.
    private static func quantile(_ fraction: Double, of sorted: [Double]) -> Double {
        let position = fraction * Double(sorted.count - 1)
        let lower = Int(position)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
    }
}
