import Foundation

/// Retrieval from an index that is made of documents for one call, in the folder for temporary files.
struct TemporaryIndex {
    let documents: [Document]
    let retriever: Retriever

    func retrieve(
        reader: ModelScorer, usage: inout Answer.Usage, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]] {
        let path = FileManager.default.temporaryDirectory.appending(path: "infiniretri-\(UUID().uuidString).iridx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let builder = try IndexBuilder(model: retriever.model, options: retriever.options)
        let built = try builder.build(path, from: documents) { report(.progress($0)) }
        let index = try AttentionIndex(path: path)
        guard index.sizes.tokens > 0 else { throw DocumentError.empty }
        let evidence = try IndexRetrieval(index: index, retriever: retriever)
            .retrieve(reader: reader, usage: &usage, report: report)
        usage.windows += built.windows
        usage.processedTokens += built.processedTokens
        usage.retrieveSeconds += built.seconds
        return evidence
    }
}
