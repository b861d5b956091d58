import Foundation
import Tensors
import Transformer

extension Retriever {
    /// Answers a question from an attention index. See ``ask(_:in:answering:)-swift.method`` for several questions.
    public func ask(
        _ question: String, in index: AttentionIndex, answering: GenerationOptions? = GenerationOptions()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        ask([question], in: index, answering: answering)
    }

    /// Answers several questions from an attention index; they share one scan.
    ///
    /// The questions are run through the model without any document; their queries meet the stored keys; the text of the
    /// best passages is read again with each question (the further rounds of ``Strategy/tree``).
    ///
    /// - Returns: What happens, as for documents; throws ``IndexError`` besides, where the index was built with another
    ///   model or profile.
    public func ask(
        _ questions: [String], in index: AttentionIndex, answering: GenerationOptions? = GenerationOptions()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        stream { report in
            try await run(
                questions, from: IndexRetrieval(index: index, retriever: self), answering: answering, report: report)
        }
    }
}

/// Retrieval from an index.
package struct IndexRetrieval: EvidenceSource {
    let index: AttentionIndex
    let retriever: Retriever

    package init(index: AttentionIndex, retriever: Retriever) {
        self.index = index
        self.retriever = retriever
    }

    func name(ofDocument document: Int) -> String {
        index.catalog.documents[UInt32(truncatingIfNeeded: document)]?.name ?? ""
    }

    func retrieve(
        reader: WindowReader, usage: inout Answer.Usage, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]] {
        let start = ContinuousClock.now
        let model = try checkedModel()
        let frequencies = index.frequencies(vocabulary: model.shape.vocabulary)
        let budget = retriever.options.budget
        let survivors = try firstRound(reader.questions, tokens: max(budget, retriever.profile.rounds.first ?? 0)) {
            $0.suffix[$0.rows].map { frequencies.weight(of: $0) }
        }
        var tree = Tree(reader: reader, budget: budget, windowSize: retriever.windowSize, survivors: survivors)
        let evidence = try tree.finish()
        usage.documentTokens = index.sizes.tokens
        usage.windows = reader.windowCount
        usage.processedTokens =
            reader.processedTokens + reader.questions.reduce(0) { $0 + $1.prefix.count + $1.suffix.count }
        usage.retrieveSeconds = (ContinuousClock.now - start).inSeconds
        return evidence
    }

    /// The best passages by their stored keys, about `tokens` tokens of them for each question, in the order of reading.
    /// - Parameter weights: The weight of each of a question's rows.
    package func firstRound(
        _ prompts: [QuestionPrompt], tokens: Int, weights: (QuestionPrompt) -> [Float]
    ) throws -> [[ScoredPassage]] {
        let model = try checkedModel()
        let heads = try retriever.profile.resolvedHeads(in: model.shape)
        let questions = try prompts.map { prompt in
            try IndexQuestion(
                prompt, heads: heads, layout: index.description.layout, rowWeights: weights(prompt), model: model)
        }
        let longest = index.catalog.windows.map(\.tokenCount).max() ?? 0
        let scan = IndexScan(
            index, questions: questions, profile: retriever.profile, rotation: model.rotation(upTo: longest),
            pool: index.pool)
        return try scan.best(tokens: tokens)
    }

    /// The retriever's model, if the index was built with it and serves the profile.
    private func checkedModel() throws -> any IndexableModel {
        guard let model = retriever.model as? any IndexableModel else {
            throw IndexError.modelWithoutKeys(name: retriever.model.name)
        }
        try IndexBuilder.checkSupport(of: retriever.profile)
        let description = try IndexDescription(
            model: model, profile: retriever.profile, window: retriever.windowSize)
        try index.description.checkServes(description, path: index.path)
        guard index.sizes.tokens > 0 else { throw IndexError.empty(path: index.path) }
        return model
    }
}
