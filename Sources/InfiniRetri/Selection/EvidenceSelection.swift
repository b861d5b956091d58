import Passages

/// What of the ranked passages is evidence.
///
/// The order does not depend on the budget, which only says how far down it is read: a larger one never loses what a smaller one
/// keeps.
package struct EvidenceSelection {
    private let context: RetrievalContext
    private var rules: RetrievalPlan.Selection { context.plan.selection }

    package init(_ context: RetrievalContext) { self.context = context }

    /// The passages that compare with the best: all where several are needed together, or none stands out. Others would only distract
    /// the model from the answer that it has found.
    package func needed(of found: MultiHopSearch.Found, scores: QuestionScores) -> [ScoredPassage] {
        guard rules.leastShareOfBest > 0, found.steps == 1, let best = found.ranking.first else { return found.ranking }
        let score = scores.passages[best.number]
        guard score > rules.leastDeviation * Float(scores.columns) else { return found.ranking }
        let least = rules.leastShareOfBest * score
        return [best] + found.ranking.dropFirst().filter { scores.passages[$0.number] >= least }
    }

    /// What is taken of each passage, best first: the best whole; the next whole where it is short; of all others only the first
    /// sentence, which says what they are about, and the best one, so that many find room.
    package func pieces(of ranking: [ScoredPassage]) -> [ScoredPassage] {
        guard rules.shortens else { return ranking }
        return ranking.enumerated().flatMap { rank, passage in
            let isWhole = rank == 0 || rank < rules.wholePassages && passage.passage.tokenCount <= rules.wholeTokens
            return isWhole ? [passage] : passage.shortened
        }
    }

    /// What the budget holds of pieces, best first; in the order of reading. Never nothing, where there is a passage: of one
    /// whose every sentence is longer than the budget it is the best piece.
    package func evidence(from pieces: [ScoredPassage], for question: Int) throws -> [ScoredPassage] {
        let budget = context.plan.budget
        let kept = ScoredPassage.prefix(of: pieces, tokens: budget, separator: context.separator)
        guard kept.isEmpty, let best = pieces.first else { return kept }
        let parts = best.passage.sentences.flatMap { sentence in
            TokenizedSentence.pieces(
                of: sentence.sentence, document: sentence.document, longest: max(1, budget - context.separator),
                tokenizer: context.tokenizer)
        }
        return Array(ScoredPassage.ranked(try context.scored(parts.map { Passage($0) }, for: question)).prefix(1))
    }
}
