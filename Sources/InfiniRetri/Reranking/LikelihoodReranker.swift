import Foundation

/// The finalists, one by one: what the attention says of a passage times how probable the passage alone makes each token of the
/// question (query likelihood, arXiv 2204.07496).
///
/// It needs the whole model for every passage, so few are read.
package struct LikelihoodReranker: Reranker {
    private let context: RetrievalContext
    private let tokens: Int

    package init(_ context: RetrievalContext, tokens: Int) {
        self.context = context
        self.tokens = tokens
    }

    package var name: String { "likelihood" }

    package func rerank(_ candidates: [ScoredPassage], for question: Int) throws -> [ScoredPassage] {
        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        let best = context.best(candidates, tokens: tokens)
        let likelihoods = try context.scorer.likelihoods(of: asked, after: best.map(\.passage))
        return zip(best, likelihoods).map { candidate, likelihood in
            var passage = candidate
            passage.score *= likelihood
            return passage
        }
    }
}
