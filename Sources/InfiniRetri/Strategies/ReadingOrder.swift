/// The order in which the one operator, "score the passages of a window for a question", is applied to a document.
public enum ReadingOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// Left to right: what was kept joins the next window (the paper). Evidence found early steers what is kept later.
    case fold
    /// Every window alone; the survivors meet in new windows until they fit the budget (a reranker).
    case tree
    /// The documents are read without the question, as for an ``AttentionIndex``, which is made for the occasion; the best
    /// passages by its keys meet in windows with the question, as in a tree.
    case index
}

/// One strategy at work on one stream of passages.
protocol Retrieving {
    /// Reads the next stretch of the documents, at most a window of passages.
    mutating func read(_ passages: [Passage]) throws
    /// Ends the documents.
    /// - Returns: For each question its evidence, in the order of reading.
    mutating func finish() throws -> [[ScoredPassage]]
}
