/// What questions are put to: documents, or an index of them.
protocol EvidenceSource {
    /// The name that evidence carries of a document.
    func name(ofDocument document: Int) -> String

    /// Finds for each of the reader's questions its evidence, in the order of reading.
    /// - Parameter usage: Gets counts and times of the retrieval.
    func retrieve(
        reader: ModelScorer, usage: inout Answer.Usage, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]]
}
