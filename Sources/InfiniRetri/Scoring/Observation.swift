import Documents

/// What a first stage saw of one passage for one question.
package enum Observation: Sendable {
    /// A score that stays as it is: higher is better, 0 or more; and those of the sentences, where the stage tells them apart.
    case score(Float, sentences: [Float] = [])
    /// Phrase scores, query tokens x tokens of the passage: the score changes with the weights of the query tokens, which the
    /// text that follows may change.
    case attention([Float])

    /// The score of a passage and of each of its sentences, by what is known of the query tokens.
    func scores(of passage: Passage, weights: [Float], rule: RetrievalProfile.SelectionRule) -> (Float, [Float]) {
        switch self {
        case .score(let score, let sentences): return (score, sentences)
        case .attention(let phraseScores):
            let tokens = AttentionScores.weighted(phraseScores, weights: weights)
            var start = 0
            let sentences = passage.sentences.map { sentence in
                defer { start += sentence.tokens.count }
                return rule.score(of: tokens[start..<start + sentence.tokens.count])
            }
            return (rule.score(of: tokens[...]), sentences)
        }
    }
}

/// Makes one score of what several stages saw of a passage.
package enum Fusion {
    /// The product: a passage must convince in each. Scores of sentences are those of the first stage that tells them apart.
    package static func fused(
        _ observations: [Observation], of passage: Passage, weights: [Float], rule: RetrievalProfile.SelectionRule
    ) -> ScoredPassage {
        var score: Float = 1
        var sentenceScores: [Float] = []
        for observation in observations {
            let (own, sentences) = observation.scores(of: passage, weights: weights, rule: rule)
            score *= own
            if sentenceScores.isEmpty { sentenceScores = sentences }
        }
        if sentenceScores.isEmpty { sentenceScores = passage.sentences.map { _ in score } }
        return ScoredPassage(passage: passage, score: score, sentenceScores: sentenceScores)
    }

    /// The product where every score stays as it is; nil where one may still change.
    static func fixed(_ observations: [Observation]) -> Float? {
        var product: Float = 1
        for observation in observations {
            guard case .score(let score, _) = observation else { return nil }
            product *= score
        }
        return product
    }
}
