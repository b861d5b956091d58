import Tokenization

/// Every window alone; then the best passages of all windows meet in a ``AttentionReranker``.
///
/// Windows do not depend on each other, and one pass over a window serves every question. Memory is bounded by the
/// reranker's first round: of all passages seen, only the best stay.
struct Tree: Retrieving {
    private let reader: ModelScorer
    private let budget: Int
    private let hops: Int
    private let windowSize: Int
    private var weighting: QueryWeights
    private var survivors: [[Candidate]]
    private var documentTokens = 0

    init(reader: ModelScorer, budget: Int, hops: Int, windowSize: Int) {
        self.reader = reader
        self.budget = budget
        self.hops = hops
        self.windowSize = windowSize
        weighting = reader.makeQueryWeights()
        survivors = reader.questions.map { _ in [] }
    }

    mutating func read(_ passages: [Passage]) throws {
        weighting.observe(passages)
        documentTokens += passages.reduce(0) { $0 + $1.tokenCount }
        let window = Window(passages, paragraphBreak: reader.questions[0].paragraphBreak)
        for (question, scores) in try reader.read(window).enumerated() {
            weighting.observe(scores, of: question)
            survivors[question] += Selection.candidates(
                of: window, by: scores, weights: weighting.weights(of: question), selection: reader.profile.selection
            ).joined()
            trim(question)
        }
    }

    func finish() throws -> [[ScoredPassage]] {
        let reranker = AttentionReranker(
            reader: reader, budget: budget, hops: hops, windowSize: windowSize, weighting: weighting)
        // One window has already compared everything with everything.
        let rounds =
            documentTokens <= windowSize ? [] : reader.profile.rounds(budget: budget, documentTokens: documentTokens)
        return try survivors.indices.map { try reranker.winners(among: scored($0), rounds: rounds, question: $0) }
    }

    /// The survivors' scores with what is known by now of the documents.
    private func scored(_ question: Int) -> [ScoredPassage] {
        let weights = weighting.weights(of: question)
        return survivors[question].map { $0.scored(weights: weights, selection: reader.profile.selection) }
    }

    /// Drops what can no longer win, once in a while.
    private mutating func trim(_ question: Int) {
        let limit = reader.profile.firstRoundTokens(budget: budget, rounds: reader.profile.rounds)
        let held = survivors[question].reduce(0) { $0 + $1.passage.tokenCount }
        guard held > 2 * limit + windowSize else { return }
        let scored = scored(question)
        var left = limit
        survivors[question] = ScoredPassage.ranking(of: scored)
            .prefix { index in
                defer { left -= scored[index].passage.tokenCount }
                return left > 0
            }
            .map { survivors[question][$0] }
    }
}
