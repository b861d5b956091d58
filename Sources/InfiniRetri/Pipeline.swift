import Passages
import Tokenization

/// How a question finds its evidence, from top to bottom. The paper's steps by name, and what was added to them:
///
///     first stages -> fusion -> reranking -> hops -> selection        (the answer: ``AnswerWriter``)
///
/// Where every passage that answers is wanted, ``ExhaustiveSearch`` takes the place of hops and selection.
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

    /// What was found for a question.
    package struct Found {
        /// Passages, in the order of reading.
        package var evidence: [ScoredPassage]
        /// For each of them its tokens; empty where the plan does not ask for them.
        package var tokenScores: [[TokenScore]] = []
        /// How probable it is that the text answers the question; nil where the plan does not tell.
        package var answerable: Double?
        /// The same without the passages that the context names.
        package var answerableWithout: Double?
    }

    /// The evidence for each question.
    /// - Parameters:
    ///   - stages: The first stages: see ``FirstStages``.
    ///   - report: Gets how far reading has come.
    package func evidence(
        from corpus: Corpus, stages: [any FirstStage], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [Found] {
        if context.plan.order == .fold { return try folded(corpus, report: report) }
        let scores = try scores(of: corpus, stages: stages, report: report)
        return try context.questions.indices.map { question in
            let ranking = try ranking(of: corpus, scores[question], for: question)
            let answerable = try answerable(ranking.first, scores[question], question)
            let without = try answerableWithout(corpus, scores[question], question)
            let evidence =
                context.plan.exhaustive.isOn
                ? try ExhaustiveSearch(context, corpus: corpus, scores: scores[question]).passages(for: question)
                : try selected(ranking, of: corpus, scores[question], for: question)
            context.meter.record("selection", kept: evidence, for: question)
            let tokens =
                context.plan.scoresTokens
                ? try TokenScoring(context).scores(of: evidence.map(\.passage), for: question) : []
            return Found(evidence: evidence, tokenScores: tokens, answerable: answerable, answerableWithout: without)
        }
    }

    /// The candidates of a question, and what rerankers make of them.
    /// - Parameter leftOut: Passages that are no candidates.
    package func ranking(
        of corpus: Corpus, _ scores: QuestionScores, leavingOut leftOut: [Int] = [], for question: Int
    ) throws -> [ScoredPassage] {
        var ranking = scores.best(context.plan.candidates, in: corpus, leavingOut: leftOut)
        context.meter.record(context.stages.map(\.rawValue).joined(separator: " + "), kept: ranking, for: question)
        for reranker in try Rerankers.rerankers(context.plan.reranking, context, from: rerankers) {
            try Task.checkCancellation()
            ranking = try reranker.rerank(ranking, for: question)
            context.meter.record(reranker.name, kept: ranking, for: question)
        }
        return ranking
    }

    /// Hops and selection.
    private func selected(
        _ ranking: [ScoredPassage], of corpus: Corpus, _ scores: QuestionScores, for question: Int
    ) throws -> [ScoredPassage] {
        let found = try MultiHopSearch(context, corpus: corpus, scores: scores).extend(ranking, for: question)
        let selection = EvidenceSelection(context)
        let kept = selection.needed(of: found, scores: scores)
        return try selection.evidence(from: selection.pieces(of: ScoredPassage.descending(kept)), for: question)
    }

    private func answerable(_ best: ScoredPassage?, _ scores: QuestionScores, _ question: Int) throws -> Double? {
        try Answerability.Sign(best, scores: scores, context, question: question).map {
            (context.profile.answerability ?? .standard).probability($0, context.plan.answers)
        }
    }

    private func answerableWithout(_ corpus: Corpus, _ scores: QuestionScores, _ question: Int) throws -> Double? {
        guard question < context.leftOut.count, !context.leftOut[question].isEmpty else { return nil }
        let leftOut = corpus.passages { passage in
            context.leftOut[question].contains { $0.overlaps(passage.textRange) }
        }
        let best = try ranking(of: corpus, scores, leavingOut: leftOut, for: question).first
        return try answerable(best, scores, question)
    }

    /// First stages and fusion: what every stage says of each passage, for each question.
    package func scores(
        of corpus: Corpus, stages: [any FirstStage], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> [QuestionScores] {
        let scores = try stages.map { try $0.scores(of: corpus, report: report) }
        return context.questions.indices.map { question in QuestionScores(scores.map { $0[question] }) }
    }

    /// The paper's own order: what was retrieved so far joins the next window, and is the evidence behind the last.
    private func folded(_ corpus: Corpus, report: (ReadingProgress) -> Void) throws -> [Found] {
        var fold = Fold(context)
        try corpus.forEachWindow(report) { window in try fold.read(window) }
        return try fold.finish().map { Found(evidence: $0) }
    }
}
