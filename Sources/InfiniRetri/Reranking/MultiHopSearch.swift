import Documents

/// Follows what the evidence names: each hop puts the sentence found last before the question, and reads by its tokens instead of
/// the question's.
///
/// So an answer is reached that takes several steps, of which the question names only the first. Like the paper's fold, where
/// evidence steers what is kept later; but a hop may lead anywhere in the text, and costs no second pass over all of it:
/// it looks among the candidates of the first stages.
package struct MultiHopSearch {
    private let context: RetrievalContext
    private var plan: RetrievalPlan.Hops { context.plan.hops }

    package init(_ context: RetrievalContext) { self.context = context }

    /// Puts what the best passage leads to directly behind it.
    /// - Parameters:
    ///   - ranked: Passages, best first.
    ///   - candidates: Where hops may lead.
    /// - Returns: As ranked, each place once. What was ranked already stays whole.
    package func extend(
        _ ranked: [ScoredPassage], through candidates: [ScoredPassage], for question: Int
    ) throws -> [ScoredPassage] {
        guard plan.most > 0, let first = ranked.first else { return ranked }
        let found = try passages(from: first, through: candidates, for: question)
        context.meter.record("hops", kept: found, for: question)
        let way = found.map { hop in ranked.first { $0.passage.overlaps(hop.passage) } ?? hop }
        return (ranked.prefix(1) + way + ranked.dropFirst()).reduce(into: []) { kept, next in
            if !kept.contains(where: { $0.passage.overlaps(next.passage) }) { kept.append(next) }
        }
    }

    /// The passages along the way from `first`, each cut to the sentence that most of the attention falls on, in the order in
    /// which they were found. The best hop has the score of `first`.
    private func passages(
        from first: ScoredPassage, through candidates: [ScoredPassage], for question: Int
    ) throws -> [ScoredPassage] {
        var left = candidates.map(\.passage).filter { !$0.overlaps(first.passage) }
        var found: [ScoredPassage] = []
        var last = first.mostAttendedSentence
        for _ in 0..<plan.most {
            try Task.checkCancellation()
            guard let next = try best(of: left, after: last.passage, for: question),
                next.score >= plan.leastShareOfBest * (found.map(\.score).max() ?? 0)
            else { break }
            left.removeAll { $0.overlaps(next.passage) }
            last = next.mostAttendedSentence
            found.append(last)
        }
        // Scores of sentences of different lengths say nothing beside those of the question.
        let best = found.map(\.score).max() ?? 0
        return found.map { passage in
            var scaled = passage
            scaled.score *= best > 0 ? first.score / best : 0
            return scaled
        }
    }

    /// The passage that a sentence's tokens attend to most.
    private func best(of passages: [Passage], after sentence: Passage, for question: Int) throws -> ScoredPassage? {
        // The sentence takes its room from the window's: together they are no longer than what the context is known to hold.
        let tokens = Array(sentence.tokens.prefix(Int(plan.queryShareOfWindow * Double(context.window))))
        let asked = AskedPrompt(question: question, prompt: context.questions[question].following(tokens))
        let scored = try context.scored(
            passages, by: asked, size: context.window - tokens.count, weights: context.weights.weights(of: tokens))
        return ScoredPassage.ranked(scored.compactMap(\.self)).first
    }
}
