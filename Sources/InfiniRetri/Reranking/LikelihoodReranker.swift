import Foundation

/// The finalists, one by one: how probable a passage alone makes each token of the question (query likelihood, arXiv 2204.07496),
/// beside what the first stages say of it.
///
/// It needs the whole model for every passage, so few are read.
package struct LikelihoodReranker: Reranker {
    private let context: RetrievalContext
    private let passages: Int

    package init(_ context: RetrievalContext, passages: Int) {
        self.context = context
        self.passages = passages
    }

    package var name: String { "likelihood" }

    package func rerank(_ ranking: [ScoredPassage], for question: Int) throws -> [ScoredPassage] {
        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        var read = Array(ranking.prefix(passages))
        let likelihoods = try context.scorer.likelihoods(of: asked, behind: [], after: read.map(\.readable))
        for (index, likelihood) in likelihoods.enumerated() { read[index].likelihood = likelihood }
        let scores = Fusion.fused([
            .init(likelihoods), .init(read.map(\.score), weight: context.plan.fusedBesideLikelihood),
        ])
        return ScoredPassage.ordered(read, by: scores) + ranking.dropFirst(passages)
    }
}
