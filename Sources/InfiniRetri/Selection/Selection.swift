/// What is kept of a window (step 6 of the paper, "retrieve"): token scores become kept passages.
package enum Selection {
    /// What may be kept of each of a window's passages: with the paper's rule its sentences that hold one of the
    /// highest-scoring tokens, as passages of their own; otherwise the passage.
    package static func candidates(
        of window: Window, by scores: AttentionScores, weights: [Float], selection: RetrievalProfile.SelectionRule
    ) -> [[Candidate]] {
        switch selection {
        case .bestUnits:
            return zip(window.passages, window.spans).map { passage, spans in
                [Candidate(passage, at: spans[0].lowerBound..<spans[spans.count - 1].upperBound, of: scores)]
            }
        case .bestTokens(let count):
            let isBest = best(count, of: scores.tokens(weights: weights))
            return zip(window.passages, window.spans).map { passage, spans in
                spans.indices.filter { spans[$0].contains { isBest[$0] } }.map { index in
                    Candidate(Passage(passage.sentences[index]), at: spans[index], of: scores)
                }
            }
        }
    }

    /// Whether each token is among the `count` with the highest scores; of equal ones the later are taken first.
    private static func best(_ count: Int, of tokens: [Float]) -> [Bool] {
        let best = tokens.indices.sorted { (tokens[$0], $0) > (tokens[$1], $1) }.prefix(count)
        var isBest = [Bool](repeating: false, count: tokens.count)
        for token in best { isBest[token] = true }
        return isBest
    }

    /// The best passages that fit into `budget` tokens, in the order of reading.
    ///
    /// Taken from the best down, each text once. The first one that is too long for what is left gives its best sentences instead, so
    /// that the budget is used; so does the very best where it is longer than the whole budget.
    /// - Parameter separator: Tokens that each passage costs beyond its own.
    package static func best(_ candidates: [ScoredPassage], budget: Int, separator: Int) -> [ScoredPassage] {
        var kept: [ScoredPassage] = []
        var left = budget
        for candidate in ScoredPassage.ranked(candidates) {
            let cost = candidate.passage.tokenCount + separator
            if cost <= left {
                kept.append(candidate)
                left -= cost
                continue
            }
            kept += bestSentences(of: candidate, budget: left, separator: separator)
            break
        }
        return kept.sorted { Passage.precedes($0.passage, $1.passage) }
    }

    /// A passage that the last word finds less than this share as good as the best is no evidence.
    private static let leastShareOfBest: Float = 0.2

    /// The evidence: of the passages that compare with the best, what `budget` tokens hold. Others would only distract the model
    /// from the answer that it has found.
    ///
    /// The best passage stays whole. Any other in which one sentence holds three fifths of the attention gives only that one
    /// and its first, which says what it is about, where this frees a quarter of the budget or more: room for another place is
    /// worth the risk that the answer stands in a sentence beside it, trifles are not.
    package static func evidence(_ candidates: [ScoredPassage], budget: Int, separator: Int) -> [ScoredPassage] {
        let ranked = ScoredPassage.ranked(candidates)
        let least = leastShareOfBest * (ranked.first?.score ?? 0)
        let others = ranked.dropFirst().prefix { $0.score >= least }
        let shortened = others.flatMap { candidate -> [ScoredPassage] in
            guard let sentence = candidate.keySentence else { return [candidate] }
            let short = candidate.keeping(Set([0, sentence]))
            let freed = short.reduce(candidate.passage.tokenCount) { $0 - $1.passage.tokenCount }
            return 4 * freed >= budget ? short : [candidate]
        }
        return best(ranked.prefix(1) + shortened, budget: budget, separator: separator)
    }

    /// The best sentences of one passage that fit into `budget` tokens, neighbours joined.
    private static func bestSentences(of candidate: ScoredPassage, budget: Int, separator: Int) -> [ScoredPassage] {
        let sentences = candidate.passage.sentences
        let order = sentences.indices.sorted {
            (candidate.sentenceScores[$0], $1) > (candidate.sentenceScores[$1], $0)
        }
        var kept: [Int] = []
        var left = budget
        for index in order {
            let cost = sentences[index].tokens.count + separator
            guard cost <= left else { continue }
            kept.append(index)
            left -= cost
        }
        return candidate.keeping(kept)
    }
}
