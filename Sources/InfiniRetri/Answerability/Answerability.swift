import Foundation

/// How probable it is that a text answers a question, by what the best passage shows: a logistic model, whose weights belong to
/// the language model (``Calibrator``).
public struct Answerability: Sendable, Hashable, Codable {
    /// Signs among many passages.
    var among: Weights
    /// Where there are too few passages to stand out from.
    var alone: Weights

    /// The weights of a logistic model.
    struct Weights: Sendable, Hashable, Codable {
        var separation: Double
        var likelihood: Double
        var bias: Double
    }

    /// What the best passage shows.
    package struct Signs: Sendable, Hashable {
        /// How far the first stages' scores single it out: its fused standard score over the logarithm of the number of passages, for
        /// the best of many noisy scores grows about so. Nil where there are too few passages.
        package var separation: Double?
        /// How much more probable it makes the question than nothing does, in nats a token.
        package var likelihood: Double

        package init(separation: Double?, likelihood: Double) {
            self.separation = separation
            self.likelihood = likelihood
        }
    }

    /// Passages that one can stand out from.
    static let fewestPassages = 16

    /// What synthetic questions say of the models measured; for models that were not calibrated.
    public static let standard = Answerability(
        among: Weights(separation: 2, likelihood: 2, bias: -6), alone: Weights(separation: 0, likelihood: 3, bias: -2))

    /// The probability that the text answers.
    package func probability(_ signs: Signs) -> Double {
        let weights = signs.separation == nil ? alone : among
        let sum =
            weights.separation * (signs.separation ?? 0) + weights.likelihood * signs.likelihood + weights.bias
        return 1 / (1 + exp(-sum))
    }
}

extension Answerability.Signs {
    /// The signs of the best passage.
    /// - Returns: Nil where the plan does not read passages one by one.
    init?(
        _ best: ScoredPassage?, scores: QuestionScores, _ context: RetrievalContext, question: Int
    ) throws {
        guard let best, let likelihood = best.likelihood else { return nil }
        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        let count = scores.passages.count
        self.init(
            separation: count < Answerability.fewestPassages
                ? nil : Double(scores.passages[best.number]) / log(Double(count)),
            likelihood: Double(likelihood - (try context.scorer.likelihood(of: asked))))
    }
}
