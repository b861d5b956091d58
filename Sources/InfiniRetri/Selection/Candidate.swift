/// A passage as the attention of one window saw it, row by row: its score can be taken again when the weights of the
/// rows have changed.
package struct Candidate: Sendable {
    package let passage: Passage
    /// Phrase scores, rows x tokens of the passage.
    private let phraseScores: [Float]

    /// - Parameter tokens: The passage's tokens in the window that `scores` are of.
    init(_ passage: Passage, at tokens: Range<Int>, of scores: AttentionScores) {
        self.passage = passage
        phraseScores = scores.attentionToQuery.indices.flatMap { row in
            let start = row * scores.tokenCount
            return scores.phraseScores[start + tokens.lowerBound..<start + tokens.upperBound]
        }
    }

    /// The passage with its scores under these weights of the rows.
    package func scored(weights: [Float], selection: RetrievalProfile.SelectionRule) -> ScoredPassage {
        let tokens = AttentionScores.weighted(phraseScores, weights: weights)
        var start = 0
        let sentenceScores = passage.sentences.map { sentence in
            defer { start += sentence.tokens.count }
            return selection.score(of: tokens[start..<start + sentence.tokens.count])
        }
        return ScoredPassage(passage: passage, score: selection.score(of: tokens[...]), sentenceScores: sentenceScores)
    }
}
