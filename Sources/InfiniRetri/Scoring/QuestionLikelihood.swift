import Foundation
import Transformer

/// How probable a passage makes the question, token by token: the model's own judgement of passages that its attention has
/// found (query likelihood; as a judge of found passages in arXiv 2204.07496).
///
/// It needs the whole model for every passage, so it is asked about few. Not thread-safe: it holds a cache.
package final class QuestionLikelihood {
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
        try passes.restart()
        let logits = try passes.logits(of: tokens, foretelling: asked)
        let sum = zip(asked, logits).reduce(0.0) { $0 + logProbability(of: tokens[$1.0], in: $1.1) }
        return Float(exp(sum / Double(max(1, asked.count))))
    }
}
