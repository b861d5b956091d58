import Foundation
import Tokenization

/// Rounds in which the best passages so far meet in new windows, fewer in each, until they fit the budget.
package struct AttentionReranker {
    private let reader: ModelScorer
    private let budget: Int
    private let hops: Int
    private let windowSize: Int
    /// The weights of the rows, when everything has been read once.
    private let weighting: QueryWeights
    private let likelihood: LikelihoodReranker

    /// - Parameter hops: How often what the winners name is looked for in turn: see ``MultiHopSearch``.
    init(reader: ModelScorer, budget: Int, hops: Int, windowSize: Int, weighting: QueryWeights) {
        self.reader = reader
        self.budget = budget
        self.hops = hops
        self.windowSize = windowSize
        self.weighting = weighting
        likelihood = reader.makeQuestionLikelihood()
    }

    /// Plays further rounds for a question.
    /// - Parameters:
    ///   - passages: The passages with their scores in the first round.
    ///   - rounds: Tokens of the best passages that go into each further round.
    /// - Returns: The winners, within the budget, in the order of reading.
    func winners(among passages: [ScoredPassage], rounds: [Int], question: Int) throws -> [ScoredPassage] {
        let winners = try direct(among: passages, rounds: rounds, question: question)
        guard hops > 0, exceedBudget(passages) else { return winners }
        let ranked = ScoredPassage.ranked(winners)
        guard let first = ranked.first else { return winners }
        let pool = best(
            passages, tokens: reader.profile.firstRoundTokens(budget: budget, rounds: reader.profile.rounds))
        let trail = try MultiHopSearch(reader: reader, windowSize: windowSize, weighting: weighting)
            .passages(from: first, through: pool, hops: hops, question: question)
        return joined(trail, ranked)
    }

    /// The best winner, what it leads to, and what else the budget holds, in the order of reading. A winner on the way stays whole.
    private func joined(_ trail: [ScoredPassage], _ winners: [ScoredPassage]) -> [ScoredPassage] {
        let way = trail.map { step in winners.first { $0.passage.overlaps(step.passage) } ?? step }
        var kept: [ScoredPassage] = []
        var left = budget
        for candidate in winners.prefix(1) + way + winners.dropFirst() {
            let cost = candidate.passage.tokenCount + paragraphBreak.count
            guard cost <= left, !kept.contains(where: { $0.passage.overlaps(candidate.passage) }) else { continue }
            kept.append(candidate)
            left -= cost
        }
        return kept.sorted { Passage.precedes($0.passage, $1.passage) }
    }

    /// The winners for the question itself.
    private func direct(among passages: [ScoredPassage], rounds: [Int], question: Int) throws -> [ScoredPassage] {
        var passages = passages
        for (earlier, tokens) in rounds.enumerated() {
            let kept = best(passages, tokens: tokens)
            guard exceedBudget(kept) else { break }
            passages = try meet(kept, ofRounds: earlier + 1, question: question)
        }
        guard let judged = reader.profile.judged, judged > budget else { return best(passages, tokens: budget) }
        let finalists = best(passages, tokens: judged)
        guard exceedBudget(finalists) else { return finalists }
        return Selection.evidence(
            try judge(finalists, question: question), budget: budget, separator: paragraphBreak.count)
    }

    /// The last word: what the attention says of a passage times how probable the passage makes each token of the question.
    private func judge(_ finalists: [ScoredPassage], question: Int) throws -> [ScoredPassage] {
        let before = likelihood.tokenCount
        defer { reader.countPass(tokens: likelihood.tokenCount - before, of: question) }
        return try finalists.map { finalist in
            var judged = finalist
            judged.score *= try likelihood.perToken(of: question, after: finalist.passage)
            return judged
        }
    }

    /// Reads passages again, in windows of their own, and fuses what they had with what they get.
    /// - Parameter rounds: Number of rounds that they have been through.
    private func rescore(_ kept: [ScoredPassage], ofRounds rounds: Int, question: Int) throws -> [ScoredPassage] {
        let met = try reader.rescore(
            kept.map(\.passage), windowSize: windowSize, before: reader.questions[question], for: question,
            weights: weighting.weights(of: question))
        // Both are in the order of reading.
        return zip(kept, met).flatMap { earlier, candidates in
            candidates.map { candidate in
                var passage = candidate
                passage.score = Self.fused(passage.score, with: earlier.score, ofRounds: rounds)
                return passage
            }
        }
    }

    /// The geometric mean of a passage's scores in all rounds: it must have convinced in each.
    /// - Parameters:
    ///   - earlier: The mean over the rounds before.
    ///   - rounds: Their number.
    package static func fused(_ score: Float, with earlier: Float, ofRounds rounds: Int) -> Float {
        let share = 1 / Float(rounds + 1)
        return pow(earlier, 1 - share) * pow(score, share)
    }

    private func exceedBudget(_ passages: [ScoredPassage]) -> Bool {
        passages.reduce(0) { $0 + $1.passage.tokenCount + paragraphBreak.count } > budget
    }

    private func best(_ passages: [ScoredPassage], tokens: Int) -> [ScoredPassage] {
        Selection.best(passages, budget: tokens, separator: paragraphBreak.count)
    }

    private var paragraphBreak: [TokenID] { reader.questions[0].paragraphBreak }
}
