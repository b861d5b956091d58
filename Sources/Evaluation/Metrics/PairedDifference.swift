/// How much better one system is than another on the same questions.
public struct PairedDifference: Sendable, Encodable, Equatable {
    /// The metric that is compared.
    public var metric: String
    /// Mean over questions of the one's value minus the other's.
    public var mean: Double
    /// 95 % bootstrap interval of that mean, over questions, `[low, high]`.
    public var interval: [Double]
    /// Questions that both have a value for; others do not count.
    public var questions: Int

    /// Compares values by question; nil where no question has both.
    package init?(_ metric: String, of ours: [String: Double], minus theirs: [String: Double]) {
        // In a fixed order: the interval draws questions by their place.
        let differences = ours.keys.sorted().compactMap { id in
            theirs[id].flatMap { other in ours[id].map { $0 - other } }
        }
        guard let interval = Bootstrap.interval95(of: differences) else { return nil }
        self.metric = metric
        mean = differences.reduce(0, +) / Double(differences.count)
        self.interval = [interval.lowerBound, interval.upperBound]
        questions = differences.count
    }
}
