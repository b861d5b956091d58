import Documents

/// What of a window may be kept (step 6 of the paper, "retrieve").
package enum WindowCandidates {
    /// What was seen of each of a window's passages. With the paper's rule only those are candidates that hold one of the
    /// highest-scoring tokens.
    package static func of(
        _ window: Window, by scores: AttentionScores, weights: [Float], rule: RetrievalProfile.SelectionRule
    ) -> [Observation?] {
        let isBest: [Bool]? =
            if case .bestTokens(let count) = rule { best(count, of: scores.tokens(weights: weights)) } else { nil }
        return window.extents.map { tokens in
            if let isBest, !isBest[tokens].contains(true) { return nil }
            return .attention(scores.phraseScores(of: tokens))
        }
    }

    /// Whether each token is among the `count` with the highest scores; of equal ones the later are taken first.
    private static func best(_ count: Int, of tokens: [Float]) -> [Bool] {
        let best = tokens.indices.sorted { (tokens[$0], $0) > (tokens[$1], $1) }.prefix(count)
        var isBest = [Bool](repeating: false, count: tokens.count)
        for token in best { isBest[token] = true }
        return isBest
    }
}
