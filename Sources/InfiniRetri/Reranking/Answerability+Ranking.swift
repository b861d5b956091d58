import Foundation

extension Answerability.Sign {
    /// The sign of the best passage.
    /// - Returns: Nil where the plan does not read passages one by one.
    init?(_ best: ScoredPassage?, scores: QuestionScores, _ context: RetrievalContext, question: Int) throws {
        guard let best, let likelihood = best.likelihood else { return nil }
        let count = scores.passages.count
        if count >= max(2, context.plan.answers.fewestPassages) {
            self = .separation(Double(scores.passages[best.number]) / log(Double(count)))
        } else {
            let asked = AskedPrompt(question: question, prompt: context.questions[question])
            self = .likelihood(Double(likelihood - (try context.scorer.likelihood(of: asked))))
        }
    }
}
