/// How well a system tells texts that answer from the same texts without what answers.
public struct AnswerabilityMetrics: Sendable, Encodable, Equatable {
    /// Probability that a text with the answer is said to be more answerable than one without, of all pairs: the area under the
    /// receiver operating characteristic. 0.5 is chance.
    public var auroc: Double
    /// Expected calibration error (Naeini et al. 2015): mean distance, in ten bins of equal width, between the probabilities that
    /// are said and the share of texts that do answer.
    public var calibrationError: Double

    /// - Parameter outputs: Those without both probabilities do not count; nil where none is left.
    init?(_ outputs: [SystemOutput]) {
        let pairs = outputs.compactMap { output in
            output.answerable.flatMap { with in output.answerableWithout.map { (with: with, without: $0) } }
        }
        guard !pairs.isEmpty else { return nil }
        let (with, without) = (pairs.map(\.with), pairs.map(\.without))
        let wins = with.reduce(0.0) { sum, one in
            sum + without.reduce(0.0) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) }
        }
        auroc = wins / Double(with.count * without.count)
        let said = with.map { ($0, 1.0) } + without.map { ($0, 0.0) }
        let bins = Dictionary(grouping: said) { min(9, Int($0.0 * 10)) }
        calibrationError =
            bins.values.reduce(0) { error, bin in
                error + abs(bin.reduce(0) { $0 + $1.0 } - bin.reduce(0) { $0 + $1.1 })
            } / Double(said.count)
    }
}
