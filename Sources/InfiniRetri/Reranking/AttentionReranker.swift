import Foundation

/// A further round: the best candidates are read again, with the question, in windows of their own.
package struct AttentionReranker: Reranker {
    private let context: RetrievalContext
    private let tokens: Int

    package init(_ context: RetrievalContext, tokens: Int) {
        self.context = context
        self.tokens = tokens
    }

    package var name: String { "attention" }

    /// The geometric mean of a candidate's scores in this round and those before: it must have convinced in each.
    package func rerank(_ candidates: [ScoredPassage], for question: Int) throws -> [ScoredPassage] {
        let best = context.best(candidates, tokens: tokens)
        let scored = try context.scored(
            best.map(\.passage), by: AskedPrompt(question: question, prompt: context.questions[question]),
            size: context.window, weights: context.weights.weights(of: question))
        return zip(best, scored).compactMap { earlier, scored in
            scored.map { scored in
                var passage = scored
                passage.score = Self.fused(scored.score, with: earlier.score, ofRounds: earlier.rounds)
                passage.rounds = earlier.rounds + 1
                return passage
            }
        }
    }

    /// - Parameters:
    ///   - earlier: The geometric mean over the rounds before.
    ///   - rounds: Their number.
    package static func fused(_ score: Float, with earlier: Float, ofRounds rounds: Int) -> Float {
        let share = 1 / Float(rounds + 1)
        return pow(earlier, 1 - share) * pow(score, share)
    }
}
