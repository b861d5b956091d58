import Foundation
import Transformer

/// How probable a passage makes the question, token by token: the model's own judgement of passages that its attention has
/// found (query likelihood; as a judge of found passages in arXiv 2204.07496).
///
/// It needs the whole model for every passage, so it is asked about few. Not thread-safe: it holds a cache.
package final class LikelihoodReranker {
    private let questions: [QuestionPrompt]
    private let passes: PrefixedPasses

    package init(model: any LanguageModel, questions: [QuestionPrompt]) {
        self.questions = questions
        passes = PrefixedPasses(model: model, prefix: questions.first?.prefix ?? [], depth: .whole)
    }

    /// Tokens that went through the model.
    package var tokenCount: Int { passes.tokenCount }

    /// The geometric mean of the probabilities of the question's tokens where the context is this passage alone: the
    /// reciprocal of their perplexity.
    package func perToken(of question: Int, after passage: Passage) throws -> Float {
        let prompt = questions[question]
        let context = Window([passage], paragraphBreak: prompt.paragraphBreak).tokens
        let tokens = context + prompt.suffix
        let asked = context.count + prompt.rows.lowerBound..<context.count + prompt.rows.upperBound
        var sum = 0.0
        try passes.restart()
        // The last token is foretold only. Pieces, because the logits of a very long question may take gigabytes.
        for start in stride(from: 0, to: asked.upperBound - 1, by: Self.piece) {
            let piece = start..<min(start + Self.piece, asked.upperBound - 1)
            let before = piece.filter { asked.contains($0 + 1) }
            let logits = try passes.logits(of: Array(tokens[piece]), at: before.map { $0 - start })
            for (position, logits) in zip(before, logits) {
                sum += logProbability(of: tokens[position + 1], in: logits)
            }
        }
        return Float(exp(sum / Double(max(1, asked.count))))
    }

    private static let piece = 384
}
