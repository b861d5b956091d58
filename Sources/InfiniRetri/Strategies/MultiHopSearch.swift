import Tokenization

/// Follows what the evidence names: each hop puts the passage found last before the question, and reads by its tokens instead of
/// the question's.
///
/// So an answer is reached that takes several steps, of which the question names only the first. Like the paper's fold, where
/// evidence steers what is kept later; but a hop may lead anywhere in the text, and costs no second pass over all of it:
/// it looks among the best passages of the first round.
struct MultiHopSearch {
    /// A hop that scores less than this share of the best one leads nowhere: there is nothing left to follow.
    private static let leastShareOfBest: Float = 0.05

    private let reader: ModelScorer
    private let windowSize: Int
    /// The weights of tokens, when everything has been read once.
    private let weighting: QueryWeights

    init(reader: ModelScorer, windowSize: Int, weighting: QueryWeights) {
        self.reader = reader
        self.windowSize = windowSize
        self.weighting = weighting
    }

    /// The passages along the way from `first`, each cut to the sentence that most of the attention falls on.
    /// - Parameters:
    ///   - pool: Where hops may lead.
    ///   - hops: Their number at most.
    /// - Returns: In the order in which they were found, the best hop with the score of `first`.
    func passages(
        from first: ScoredPassage, through pool: [ScoredPassage], hops: Int, question: Int
    ) throws -> [ScoredPassage] {
        var left = pool.map(\.passage).filter { !$0.overlaps(first.passage) }
        var found: [ScoredPassage] = []
        var last = first.mostAttendedSentence
        for _ in 0..<hops {
            try Task.checkCancellation()
            guard let next = try best(of: left, after: last.passage, question: question) else { break }
            guard next.score >= Self.leastShareOfBest * (found.map(\.score).max() ?? 0) else { break }
            left.removeAll { $0.overlaps(next.passage) }
            last = next.mostAttendedSentence
            found.append(last)
        }
        // Scores of clues of different lengths say nothing beside those of the question.
        let best = found.map(\.score).max() ?? 0
        return found.map { passage in
            var scaled = passage
            scaled.score *= best > 0 ? first.score / best : 0
            return scaled
        }
    }

    /// The passage that a clue points at.
    private func best(of passages: [Passage], after clue: Passage, question: Int) throws -> ScoredPassage? {
        // A clue takes its room from the window's: together they are no longer than what the context is known to hold.
        let clue = clue.tokens.prefix(windowSize / 4)
        let prompt = reader.questions[question].following(clue)
        let met = try reader.rescore(
            passages, windowSize: windowSize - clue.count, before: prompt, for: question,
            weights: weighting.weights(of: Array(clue)))
        return ScoredPassage.ranked(Array(met.joined())).first
    }
}
