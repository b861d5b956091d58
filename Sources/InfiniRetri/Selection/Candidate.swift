import Foundation

/// A passage as the attention of one window saw it, row by row: its score can be taken again when the weights of the
/// rows have changed.
package struct Candidate: Sendable {
    package let passage: Passage
    /// Phrase scores, rows x tokens of the passage.
    private let phraseScores: [Float]
    /// What it brings from the rounds before.
    private let standing: Standing

    /// A passage's score after a number of rounds.
    package struct Standing: Sendable {
        package var score: Float
        package var rounds: Int

        package init(score: Float = 1, rounds: Int = 0) {
            self.score = score
            self.rounds = rounds
        }
    }

    /// - Parameters:
    ///   - tokens: The passage's tokens in the window that `scores` are of.
    ///   - standing: What it brings from the rounds before.
    init(_ passage: Passage, at tokens: Range<Int>, of scores: AttentionScores, standing: Standing) {
        self.passage = passage
        self.standing = standing
        let rows = scores.attentionToRows.indices
        phraseScores = rows.flatMap { row in
            let start = row * scores.tokenCount
            return scores.phraseScores[start + tokens.lowerBound..<start + tokens.upperBound]
        }
    }

    /// The passage with its scores under these weights of the rows.
    ///
    /// A passage that was read in several rounds has the geometric mean of its scores in them: it must have convinced
    /// in each.
    package func scored(weights: [Float], keeping: RetrievalProfile.Keeping) -> ScoredPassage {
        let tokens = AttentionScores.weighted(phraseScores, weights: weights)
        var start = 0
        let sentenceScores = passage.sentences.map { sentence in
            defer { start += sentence.tokens.count }
            return keeping.score(of: tokens[start..<start + sentence.tokens.count])
        }
        let share = 1 / Float(standing.rounds + 1)
        let score = pow(standing.score, 1 - share) * pow(keeping.score(of: tokens[...]), share)
        return ScoredPassage(passage: passage, score: score, sentenceScores: sentenceScores)
    }
}
