import Documents

/// What of the ranked passages is evidence.
///
/// The order does not depend on the budget, which only says how far down it is read: a larger one never loses what a smaller one
/// keeps.
package struct EvidenceSelection {
    private let context: RetrievalContext
    private var rules: RetrievalPlan.Selection { context.plan.selection }

    package init(_ context: RetrievalContext) { self.context = context }

    /// The passages that compare with the best, best first. Others would only distract the model from the answer that it has found.
    ///
    /// The best stays whole. Any other in which one sentence holds most of the attention gives only that one and its first,
    /// which says what it is about, where this frees room for another place.
    package func ranking(of candidates: [ScoredPassage]) -> [ScoredPassage] {
        let ranked = ScoredPassage.ranked(candidates)
        let least = rules.leastShareOfBest * (ranked.first?.score ?? 0)
        return ranked.prefix(1) + ranked.dropFirst().prefix { $0.score >= least }.flatMap(shortened)
    }

    private func shortened(_ passage: ScoredPassage) -> [ScoredPassage] {
        guard rules.shortens, let sentence = passage.keySentence(share: rules.keySentenceShare) else {
            return [passage]
        }
        let short = passage.keeping(Set([0, sentence]))
        let freed = short.reduce(passage.passage.tokenCount) { $0 - $1.passage.tokenCount }
        return freed >= rules.shorteningTokens ? short : [passage]
    }

    /// What the budget holds of passages, best first; in the order of reading. Never nothing, where there is a passage: of one
    /// whose every sentence is longer than the budget it is the best piece.
    package func evidence(from ranked: [ScoredPassage], for question: Int) throws -> [ScoredPassage] {
        let budget = context.plan.budget
        let kept = ScoredPassage.prefix(of: ranked, tokens: budget, separator: context.separator)
        guard kept.isEmpty, let best = ranked.first else { return kept }
        let pieces = best.passage.sentences.flatMap { sentence in
            TokenizedSentence.pieces(
                of: sentence.sentence, document: sentence.document, longest: max(1, budget - context.separator),
                tokenizer: context.tokenizer)
        }.map { Passage($0) }
        let scored = try context.scored(
            pieces, by: AskedPrompt(question: question, prompt: context.questions[question]), size: context.window,
            weights: context.weights.weights(of: question))
        return Array(ScoredPassage.ranked(scored.compactMap(\.self)).prefix(1))
    }
}
