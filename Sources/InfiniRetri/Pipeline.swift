import Documents
import Tokenization

/// How a question finds its evidence, from top to bottom. The paper's steps by name, and what was added to them:
///
///     first stages -> fusion -> reranking -> hops -> selection        (the answer: ``Retriever``)
///
/// Each arrow is one line of ``evidence(from:stages:report:)``. Every number stands in ``RetrievalPlan``, what belongs to the model
/// in ``RetrievalProfile``. Stages get a ``RetrievalContext``; they know neither each other nor who calls them.
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
    ///   - stages: The first stages: see ``FirstStages``.
    ///   - report: Gets how far reading has come.
    package func evidence(
        from corpus: Corpus, stages: [any FirstStage], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [[ScoredPassage]] {
        if context.plan.order == .fold { return try folded(corpus, report: report) }
        let scores = try scores(of: corpus, stages: stages, report: report)
        let rerankers = try Rerankers.rerankers(context.plan.reranking, context, from: rerankers)
        return try context.questions.indices.map { question in
            var ranking = scores[question].best(context.plan.candidates, in: corpus)
            context.meter.record(context.stages.map(\.rawValue).joined(separator: " + "), kept: ranking, for: question)
            for reranker in rerankers {
                try Task.checkCancellation()
                ranking = try reranker.rerank(ranking, for: question)
                context.meter.record(reranker.name, kept: ranking, for: question)
            }
            ranking = try MultiHopSearch(context, corpus: corpus, scores: scores[question]).extend(ranking, for: question)
            let selection = EvidenceSelection(context)
            let evidence = try selection.evidence(from: selection.pieces(of: ranking), for: question)
            context.meter.record("selection", kept: evidence, for: question)
            return evidence
        }
    }

    /// First stages and fusion: what every stage says of each passage, for each question.
    package func scores(
        of corpus: Corpus, stages: [any FirstStage], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [QuestionScores] {
        let scores = try stages.map { try $0.scores(of: corpus, report: report) }
        return context.questions.indices.map { question in QuestionScores(scores.map { $0[question] }) }
    }

    /// The paper's own order: what was retrieved so far joins the next window, and is the evidence behind the last.
    private func folded(_ corpus: Corpus, report: (ReadingProgress) -> Void) throws -> [[ScoredPassage]] {
        var fold = Fold(context)
        try corpus.forEachWindow(report) { window in try fold.read(window) }
        return try fold.finish()
    }
}
