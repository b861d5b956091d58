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
    /// best passages is read again with each question (the further rounds of ``ReadingOrder/tree``).
    ///
    /// - Returns: What happens, as for documents; throws ``IndexError`` besides, where the index was built with another
    ///   model or profile.
    public func ask(
        _ questions: [String], in index: AttentionIndex, answering: GenerationOptions? = GenerationOptions()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        AsyncThrowingStream(running: { report in
            try await run(
                questions, from: IndexRetrieval(index: index, retriever: self), answering: answering, report: report)
        })
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
        reader: ModelScorer, usage: inout Answer.Usage, report: (RetrievalEvent) -> Void
    ) throws -> [[ScoredPassage]] {
        let start = ContinuousClock.now
        let model = try checkedModel()
        let weighting = QueryWeights(
            reader.profile.queryWeights, questions: reader.questions,
            frequencies: index.frequencies(vocabulary: model.shape.vocabulary))
        let (budget, lexicalPrior) = (retriever.options.budget, retriever.options.lexicalPrior)
        let rounds = reader.profile.roundsBehindScan(
            budget: budget, documentTokens: index.sizes.tokens, lexicalPrior: lexicalPrior)
        let weights = reader.questions.indices.map(weighting.weights)
        let asked = try questions(reader.questions, weights: weights, model: model)
        let scanStart = ContinuousClock.now
        let best = try scan(asked, of: reader.questions, model: model).best(
            tokens: reader.profile.firstRoundTokens(budget: budget, rounds: rounds))
        usage.scanSeconds = (ContinuousClock.now - scanStart).inSeconds
        let reranker = AttentionReranker(
            reader: reader, budget: budget, hops: retriever.options.hops, windowSize: retriever.windowSize,
            weighting: weighting)
        let evidence = try best.enumerated().map { question, best in
            try reranker.winners(among: best, rounds: rounds, question: question)
        }
        for (question, prompt) in reader.questions.enumerated() {
            reader.countPass(tokens: prompt.prefix.count + prompt.suffix.count, of: question)
        }
        usage.documentTokens = index.sizes.tokens
        usage.retrieveSeconds = (ContinuousClock.now - start).inSeconds
        return evidence
    }

    /// The best passages by their stored keys, about `tokens` tokens of them for each question, in the order of reading.
    /// - Parameter weights: For each question the weight of each of its rows.
    package func firstRound(
        _ prompts: [QuestionPrompt], tokens: Int, weights: [[Float]]
    ) throws -> [[ScoredPassage]] {
        let model = try checkedModel()
        let questions = try questions(prompts, weights: weights, model: model)
        return try scan(questions, of: prompts, model: model).best(tokens: tokens)
    }

    /// The questions, run through the model without any document.
    private func questions(
        _ prompts: [QuestionPrompt], weights: [[Float]], model: any IndexableModel
    ) throws -> [QuestionQueries] {
        let heads = try retriever.profile.resolvedHeads(in: model.shape)
        return try zip(prompts, weights).map { prompt, weights in
            try QuestionQueries(
                prompt, heads: heads, layout: index.description.layout, queryWeights: weights, model: model)
        }
    }

    private func scan(
        _ questions: [QuestionQueries], of prompts: [QuestionPrompt], model: any IndexableModel
    ) -> IndexScan {
        let longest = index.catalog.windows.map(\.tokenCount).max() ?? 0
        let lexical =
            retriever.options.lexicalPrior
            ? index.lexicalPrior(for: prompts.map { model.tokenizer.decode($0.suffix[$0.rows]) }) : nil
        return IndexScan(
            index, questions: questions, profile: retriever.profile, rotation: model.rotation(upTo: longest),
            pool: index.pool, lexical: lexical)
    }

    /// The retriever's model, if the index was built with it and serves the profile.
    private func checkedModel() throws -> any IndexableModel {
        guard let model = retriever.model as? any IndexableModel else {
            throw IndexError.modelWithoutKeys(name: retriever.model.name)
        }
        try IndexBuilder.checkSupport(of: retriever.profile)
        let description = try IndexDescription(
            model: model, profile: retriever.profile, window: retriever.windowSize,
            keyFormat: index.description.keyFormat)
        try index.description.checkServes(description, path: index.path)
        guard index.sizes.tokens > 0 else { throw IndexError.empty(path: index.path) }
        return model
    }
}
