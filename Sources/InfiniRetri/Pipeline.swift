import Documents
import Tokenization

/// How a question finds its evidence, from top to bottom. The paper's steps by name, and what was added to them:
///
///     first stages -> fusion -> reranking -> hops -> selection        (the answer: ``Retriever``)
///
/// Each arrow is one line of ``evidence(from:report:)``. Every number stands in ``RetrievalPlan``, what belongs to the model in
/// ``RetrievalProfile``. Stages get a ``RetrievalContext``; they know neither each other nor who calls them.
package struct Pipeline {
    private let context: RetrievalContext
    private let rerankers: [RetrievalPlan.Reranking.Method: Rerankers.Maker]

    /// - Parameter rerankers: What a plan's steps may name.
    package init(
        _ context: RetrievalContext, rerankers: [RetrievalPlan.Reranking.Method: Rerankers.Maker] = Rerankers.all
    ) {
        self.context = context
        self.rerankers = rerankers
    }

    /// The evidence for each question, in the order of reading.
    /// - Parameters:
    ///   - corpus: Documents, or an index of them.
    ///   - stages: The first stages: see ``FirstStages``.
    ///   - report: Gets how far reading has come.
    package func evidence<Source: Corpus>(
        from corpus: inout Source, stages: [any FirstStage<Source.Block>], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [[ScoredPassage]] {
        if context.plan.order == .fold { return try folded(from: &corpus, report: report) }
        let candidates = try self.candidates(from: &corpus, stages: stages, report: report)
        let steps = context.plan.steps(behind: context.stages, documentTokens: corpus.tokenCount)
        let rerankers = try Rerankers.rerankers(steps, context, from: rerankers)
        return try context.questions.indices.map { question in
            var ranked = candidates[question]
            for reranker in rerankers {
                try Task.checkCancellation()
                ranked = try reranker.rerank(ranked, for: question)
                context.meter.record(reranker.name, kept: ranked, for: question)
            }
            ranked = EvidenceSelection(context).ranking(of: ranked)
            ranked = try MultiHopSearch(context).extend(ranked, through: candidates[question], for: question)
            let evidence = try EvidenceSelection(context).evidence(from: ranked, for: question)
            context.meter.record("selection", kept: evidence, for: question)
            return evidence
        }
    }

    /// First stages and fusion: of all passages of a corpus the best by what every stage says of them.
    package func candidates<Source: Corpus>(
        from corpus: inout Source, stages: [any FirstStage<Source.Block>], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [[ScoredPassage]] {
        let tokens = context.plan.candidateTokens(behind: context.stages, documentTokens: corpus.tokenCount)
        var pools = context.questions.map { _ in CandidatePool(tokens: tokens, context: context) }
        while let block = try corpus.next() {
            try Task.checkCancellation()
            if !block.isCounted { context.weights.observe(block.allPassages) }
            let observed = try stages.map { try $0.observe(block) }
            for question in context.questions.indices {
                pools[question].add(block, observed: observed.map { $0[question] }, question: question)
            }
            if let progress = corpus.progress { report(progress) }
        }
        guard corpus.tokenCount ?? 0 > 0 else { throw DocumentError.empty }
        return context.questions.indices.map { question in
            let best = pools[question].best(question: question)
            context.meter.record(context.stages.map(\.rawValue).joined(separator: " x "), kept: best, for: question)
            return best
        }
    }

    /// The paper's own order: what was retrieved so far joins the next window, and is the evidence behind the last.
    private func folded<Source: Corpus>(
        from corpus: inout Source, report: (ReadingProgress) -> Void
    ) throws -> [[ScoredPassage]] {
        var fold = Fold(context)
        while let block = try corpus.next() {
            try Task.checkCancellation()
            try fold.read(block.allPassages)
            if let progress = corpus.progress { report(progress) }
        }
        guard corpus.tokenCount ?? 0 > 0 else { throw DocumentError.empty }
        return try fold.finish()
    }
}
