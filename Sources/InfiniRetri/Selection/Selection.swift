/// What is kept of a window (step 6 of the paper, "retrieve"): token scores become kept passages.
package enum Selection {
    /// Scores every passage of a window by the mean of its `tokensPerUnit` best tokens, and every sentence likewise.
    package static func scored(_ window: Window, by scores: AttentionScores, tokensPerUnit: Int) -> [ScoredPassage] {
        zip(window.passages, window.spans).map { passage, spans in
            let all = spans[0].lowerBound..<spans[spans.count - 1].upperBound
            return ScoredPassage(
                passage: passage,
                score: meanOfBest(tokensPerUnit, of: scores.tokens[all]),
                sentenceScores: spans.map { meanOfBest(tokensPerUnit, of: scores.tokens[$0]) })
        }
    }

    /// The paper's rule: every sentence that holds one of the `count` highest-scoring tokens, each with its best
    /// token's score.
    package static func holdingBestTokens(_ count: Int, of window: Window, by scores: AttentionScores)
        -> [ScoredPassage]
    {
        let best = scores.tokens.indices.sorted {
            scores.tokens[$0] == scores.tokens[$1] ? $0 > $1 : scores.tokens[$0] > scores.tokens[$1]
        }.prefix(count)
        var isBest = [Bool](repeating: false, count: scores.tokens.count)
        for token in best { isBest[token] = true }
        return zip(window.passages, window.spans).flatMap { passage, spans in
            let kept = spans.indices.filter { spans[$0].contains { isBest[$0] } }
            return kept.map { index in
                let score = scores.tokens[spans[index]].max() ?? 0
                return ScoredPassage(
                    passage: Passage(passage.sentences[index]), score: score, sentenceScores: [score])
            }
        }
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

    /// Mean of the `count` largest values; of all, where there are fewer, but never of less than a quarter of `count`,
    /// so that a heading of three words cannot win by its brevity.
    package static func meanOfBest(_ count: Int, of values: ArraySlice<Float>) -> Float {
        let best = values.sorted(by: >).prefix(count)
        return best.reduce(0, +) / Float(max(best.count, (count + 3) / 4))
    }
}
