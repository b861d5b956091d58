import Foundation

/// How probable it is that a text answers a question, by what its best passage shows: a logistic model of one sign.
///
/// Among many passages the sign is how far the best one stands out. Where there are too few to stand out from, it is how much
/// more probable the passage makes the question than nothing does.
public struct Answerability: Sendable, Hashable, Codable {
    /// The weight of the sign.
    var weight: Double
    /// Log-odds where the sign is 0.
    var bias: Double

    /// What the best passage shows.
    package enum Sign: Sendable, Hashable {
        /// Its fused standard score over the logarithm of the number of passages: the best of many noisy scores grows about so.
        case separation(Double)
        /// Nats a token by which it makes the question more probable.
        case likelihood(Double)
    }

    /// Passages that one can stand out from.
    static let fewestPassages = 16

    /// Found by calibrating SmolLM2-135M; for models that were not calibrated.
    public static let standard = Answerability(weight: 1.3, bias: -3.2)

    /// For few passages, whatever the model. Synthetic questions are about invented names, which say nothing without a text, so these
    /// numbers lie between what a natural question gains by a passage that answers (1.3 nats a token) and by another one (0.2).
    private static let alone = Answerability(weight: 3, bias: -2)

    /// The probability that the text answers.
    package func probability(_ sign: Sign) -> Double {
        switch sign {
        case .separation(let value): logistic(value)
        case .likelihood(let value): Self.alone.logistic(value)
        }
    }

    private func logistic(_ value: Double) -> Double { 1 / (1 + exp(-weight * value - bias)) }
}
