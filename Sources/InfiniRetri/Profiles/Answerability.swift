import Foundation

/// How probable it is that a text answers a question, by how far its best passage stands out: a logistic model of one language
/// model, which calibration fits.
public struct Answerability: Sendable, Hashable, Codable {
    /// The weight of the sign.
    var weight: Double
    /// Log-odds where the sign is 0.
    var bias: Double

    /// What the best passage shows.
    package enum Sign: Sendable, Hashable {
        /// Its fused standard score over the logarithm of the number of passages: the best of many noisy scores grows about so.
        case separation(Double)
        /// Of few passages: nats a token by which it makes the question more probable.
        case likelihood(Double)
    }

    /// Found by calibrating SmolLM2-135M; for models that were not calibrated.
    public static let standard = Answerability(weight: 1.3, bias: -3.2)

    /// The probability that the text answers.
    /// - Parameter plan: Has the numbers for few passages, whatever the model.
    package func probability(_ sign: Sign, _ plan: RetrievalPlan.Answers) -> Double {
        let logOdds =
            switch sign {
            case .separation(let value): weight * value + bias
            case .likelihood(let value): plan.likelihoodWeight * value + plan.likelihoodBias
            }
        return 1 / (1 + exp(-logOdds))
    }
}
