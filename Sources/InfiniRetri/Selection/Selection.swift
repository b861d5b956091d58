/// What is kept of a window (step 6 of the paper, "retrieve"): token scores become kept passages.
package enum Selection {
    /// The passages of a window that may be kept: with the paper's rule every sentence that holds one of the
    /// highest-scoring tokens, as a passage of its own; otherwise all.
    ///
    /// - Parameter standings: What each of the window's passages brings from the rounds before, if there were any.
    package static func candidates(
        of window: Window, by scores: AttentionScores, weights: [Float], keeping: RetrievalProfile.Keeping,
        standings: ArraySlice<Candidate.Standing>? = nil
    ) -> [Candidate] {
        let standings = standings.map(Array.init) ?? window.passages.map { _ in Candidate.Standing() }
        switch keeping {
        case .bestUnits:
            return window.passages.indices.map { index in
                let spans = window.spans[index]
                let tokens = spans[0].lowerBound..<spans[spans.count - 1].upperBound
                return Candidate(window.passages[index], at: tokens, of: scores, standing: standings[index])
            }
        case .bestTokens(let count):
            let isBest = best(count, of: scores.tokens(weights: weights))
            return window.passages.indices.flatMap { index in
                let (passage, spans) = (window.passages[index], window.spans[index])
                return spans.indices.filter { spans[$0].contains { isBest[$0] } }.map { sentence in
                    Candidate(
                        Passage(passage.sentences[sentence]), at: spans[sentence], of: scores,
                        standing: standings[index])
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
    /// Taken from the best down. The first one that is too long for what is left gives its best sentences instead, so
    /// that the budget is used; so does the very best where it is longer than the whole budget.
    /// - Parameter separator: Tokens that each passage costs beyond its own.
    package static func best(_ candidates: [ScoredPassage], budget: Int, separator: Int) -> [ScoredPassage] {
        var kept: [ScoredPassage] = []
        var left = budget
        for candidate in candidates.sorted(by: ScoredPassage.isBetter) {
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
        return candidate.passage.keeping(kept).map { piece in
            let scores = sentences.indices.filter { index in
                piece.byteRange.contains(sentences[index].sentence.byteRange.lowerBound)
            }.map { candidate.sentenceScores[$0] }
            return ScoredPassage(passage: piece, score: candidate.score, sentenceScores: scores)
        }
    }
}
