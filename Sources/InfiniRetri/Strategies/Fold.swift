/// The paper's order: `retrieved = select(retrieved ++ chunk)`, from left to right.
struct Fold: Retrieving {
    private let reader: ModelScorer
    private let budget: Int
    private var weighting: QueryWeights
    /// For each question what was retrieved so far, in the order of reading.
    private var retrieved: [[ScoredPassage]]

    init(reader: ModelScorer, budget: Int) {
        self.reader = reader
        self.budget = budget
        weighting = reader.makeQueryWeights()
        retrieved = reader.questions.map { _ in [] }
    }

    mutating func read(_ passages: [Passage]) throws {
        weighting.observe(passages)
        for question in reader.questions.indices {
            let paragraphBreak = reader.questions[question].paragraphBreak
            let merged = retrieved[question].map(\.passage) + passages
            let window = Window(merged, paragraphBreak: paragraphBreak)
            let scores = try reader.read(window, question: question)
            weighting.observe(scores, of: question)
            let weights = weighting.weights(of: question)
            let selection = reader.profile.selection
            let scored = Selection.candidates(of: window, by: scores, weights: weights, selection: selection)
                .joined().map { $0.scored(weights: weights, selection: selection) }
            switch selection {
            case .bestTokens: retrieved[question] = scored
            case .bestUnits:
                retrieved[question] = Selection.best(scored, budget: budget, separator: paragraphBreak.count)
            }
        }
    }

    func finish() -> [[ScoredPassage]] { retrieved }
}
