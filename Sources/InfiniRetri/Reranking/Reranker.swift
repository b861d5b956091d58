/// Ranks candidates again, by reading them. A new one is a file with a conformance, and a case below.
package protocol Reranker {
    /// Its name in reports.
    var name: String { get }
    /// The best of `candidates` with new scores, in the order of reading.
    func rerank(_ candidates: [ScoredPassage], for question: Int) throws -> [ScoredPassage]
}

extension RetrievalPlan.Reranking.Method {
    /// What ranks by this.
    /// - Parameter tokens: Of the best candidates that are read.
    func makeReranker(tokens: Int, _ context: RetrievalContext) -> any Reranker {
        switch self {
        case .attention: AttentionReranker(context, tokens: tokens)
        case .likelihood: LikelihoodReranker(context, tokens: tokens)
        }
    }
}
