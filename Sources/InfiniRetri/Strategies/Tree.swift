import Tokenization

/// A tournament: every window alone, then the survivors of all windows in new windows, round by round.
///
/// Windows of the first round do not depend on each other, and one pass over a window serves every question.
/// Memory is bounded by the largest round: of all passages seen, only the best stay.
struct Tree: Retrieving {
    private let reader: WindowReader
    private let budget: Int
    private let windowSize: Int
    private var weighting: RowWeighting
    private var survivors: [[Candidate]]
    private var documentTokens = 0

    init(reader: WindowReader, budget: Int, windowSize: Int) {
        self.reader = reader
        self.budget = budget
        self.windowSize = windowSize
        weighting = reader.makeRowWeighting()
        survivors = reader.questions.map { _ in [] }
    }

    mutating func read(_ passages: [Passage]) throws {
        weighting.note(passages)
        documentTokens += passages.reduce(0) { $0 + $1.tokenCount }
        let window = Window(passages, paragraphBreak: paragraphBreak)
        for (question, scores) in try reader.read(window).enumerated() {
            survivors[question] += candidates(of: window, scores, question: question)
            trim(question)
        }
    }

    mutating func finish() throws -> [[ScoredPassage]] {
        // One window has already compared everything with everything.
        if documentTokens > windowSize {
            let rounds = reader.profile.rounds(budget: budget, documentTokens: documentTokens)
            for question in survivors.indices {
                for (earlier, tokens) in rounds.enumerated() {
                    try meetAgain(kept(of: question, within: tokens), for: question, rounds: earlier + 1)
                }
            }
        }
        return survivors.indices.map { kept(of: $0, within: budget) }
    }

    /// A further round: the best passages of the `rounds` before it in new windows.
    private mutating func meetAgain(_ kept: [ScoredPassage], for question: Int, rounds: Int) throws {
        guard kept.reduce(0, { $0 + $1.passage.tokenCount }) > budget else { return }
        let standings = kept.map { Candidate.Standing(score: $0.score, rounds: rounds) }
        survivors[question] = []
        var next = 0
        // Windows take the passages in the order of reading, which is that of `kept`.
        for window in Window.packing(kept.map(\.passage), size: windowSize, paragraphBreak: paragraphBreak) {
            let scores = try reader.read(window, question: question)
            survivors[question] += candidates(
                of: window, scores, question: question, standings: standings[next..<next + window.passages.count])
            next += window.passages.count
        }
    }

    private var paragraphBreak: [TokenID] { reader.questions[0].paragraphBreak }

    private mutating func candidates(
        of window: Window, _ scores: AttentionScores, question: Int,
        standings: ArraySlice<Candidate.Standing>? = nil
    ) -> [Candidate] {
        weighting.note(scores, of: question)
        return Selection.candidates(
            of: window, by: scores, weights: weighting.weights(of: question), keeping: reader.profile.keeping,
            standings: standings)
    }

    private func scored(_ question: Int) -> [ScoredPassage] {
        let weights = weighting.weights(of: question)
        return survivors[question].map { $0.scored(weights: weights, keeping: reader.profile.keeping) }
    }

    private func kept(of question: Int, within tokens: Int) -> [ScoredPassage] {
        Selection.best(scored(question), budget: tokens, separator: paragraphBreak.count)
    }

    /// Drops what can no longer win, once in a while.
    private mutating func trim(_ question: Int) {
        let limit = max(budget, reader.profile.rounds.first ?? 0)
        let held = survivors[question].reduce(0) { $0 + $1.passage.tokenCount }
        guard held > 2 * limit + windowSize else { return }
        let scored = scored(question)
        var left = limit
        survivors[question] = survivors[question].indices
            .sorted { ScoredPassage.isBetter(scored[$0], scored[$1]) }
            .prefix { index in
                defer { left -= scored[index].passage.tokenCount }
                return left > 0
            }
            .map { survivors[question][$0] }
    }
}
