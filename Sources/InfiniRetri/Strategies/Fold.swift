/// The paper's order: `retrieved = select(retrieved ++ chunk)`, from left to right.
struct Fold: Retrieving {
    private let reader: WindowReader
    private let budget: Int
    /// For each question what was retrieved so far, in the order of reading.
    private var retrieved: [[ScoredPassage]]

    init(reader: WindowReader, budget: Int) {
        self.reader = reader
        self.budget = budget
        retrieved = reader.questions.map { _ in [] }
    }

    mutating func read(_ passages: [Passage]) throws {
        for question in reader.questions.indices {
            let paragraphBreak = reader.questions[question].paragraphBreak
            let merged = retrieved[question].map(\.passage) + passages
            let window = Window(merged, paragraphBreak: paragraphBreak)
            let scores = try reader.read(window, question: question)
            switch reader.profile.keeping {
            case .bestTokens(let count):
                retrieved[question] = Selection.holdingBestTokens(count, of: window, by: scores)
            case .bestUnits(let tokensPerUnit):
                let scored = Selection.scored(window, by: scores, tokensPerUnit: tokensPerUnit)
                retrieved[question] = Selection.best(scored, budget: budget, separator: paragraphBreak.count)
            }
        }
    }

    func finish() -> [[ScoredPassage]] { retrieved }
}
