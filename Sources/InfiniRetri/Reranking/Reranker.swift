/// Ranks the best candidates again, by reading them.
package protocol Reranker {
    /// Its name in reports.
    var name: String { get }
    /// The same passages in a new order, best first, with new scores.
    func rerank(_ ranking: [ScoredPassage], for question: Int) throws -> [ScoredPassage]
}
