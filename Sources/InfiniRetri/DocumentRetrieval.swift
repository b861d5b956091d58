import Foundation

/// Retrieval from documents that are read as a stream.
struct DocumentRetrieval: EvidenceSource {
    let documents: [Document]
    let retriever: Retriever

    func name(ofDocument document: Int) -> String { documents[document].name }

    func retrieve(
        reader: ModelScorer, usage: inout Answer.Usage, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]] {
        guard retriever.options.strategy != .index else {
            return try TemporaryIndex(documents: documents, retriever: retriever)
                .retrieve(reader: reader, usage: &usage, report: report)
        }
        guard !retriever.options.lexicalPrior else {
            throw RetrievalError.invalidOption(
                name: "lexical prior", reason: "it is for an index: give one, or take the strategy index")
        }
        var passages = PassageReader(
            documents, unit: retriever.profile.unit, window: retriever.windowSize,
            tokenizer: retriever.model.tokenizer)
        let start = ContinuousClock.now
        let evidence = try retrieve(from: &passages, reader: reader, report: report)
        usage.documentTokens = passages.tokenCount
        usage.tokenizeSeconds = passages.tokenizing.inSeconds
        usage.retrieveSeconds = (ContinuousClock.now - start).inSeconds - usage.tokenizeSeconds
        return evidence
    }

    /// Steps 1 to 6 of the paper over all documents.
    private func retrieve(
        from passages: inout PassageReader, reader: ModelScorer, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]] {
        let (options, windowSize) = (retriever.options, retriever.windowSize)
        var strategy: any Retrieving =
            options.strategy == .fold
            ? Fold(reader: reader, budget: options.budget)
            : Tree(reader: reader, budget: options.budget, hops: options.hops, windowSize: windowSize)
        var progress = RetrievalProgress(totalBytes: totalBytes)
        let start = ContinuousClock.now
        var chunk: [Passage] = []
        var chunkTokens = 0
        func readChunk() throws {
            guard !chunk.isEmpty else { return }
            try Task.checkCancellation()
            try strategy.read(chunk)
            progress.windows += 1
            progress.documentTokens += chunkTokens
            progress.bytesRead = passages.bytesRead
            progress.seconds = (ContinuousClock.now - start).inSeconds
            report(.progress(progress))
            chunk.removeAll(keepingCapacity: true)
            chunkTokens = 0
        }
        while let passage = try passages.next() {
            if chunkTokens + passage.tokenCount > windowSize { try readChunk() }
            chunk.append(passage)
            chunkTokens += passage.tokenCount
        }
        try readChunk()
        guard progress.documentTokens > 0 else { throw DocumentError.empty }
        return try strategy.finish()
    }

    private var totalBytes: Int? {
        var total = 0
        for document in documents {
            switch document {
            case .text(let text, _): total += text.utf8.count
            case .standardInput: return nil
            case .file(let path):
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular
                else { return nil }
                total += size
            }
        }
        return total
    }
}
