/// Ranks candidates again, by reading them.
package protocol Reranker {
    /// Its name in reports.
    var name: String { get }
    /// The best of `candidates` with new scores, in the order of reading.
    func rerank(_ candidates: [ScoredPassage], for question: Int) throws -> [ScoredPassage]
}
