/// A tournament: every window alone, then the survivors of all windows in new windows, round by round.
///
/// Windows of the first round do not depend on each other, and one pass over a window serves every question.
/// Memory is bounded by the largest round: of all passages seen, only the best stay.
struct Tree: Retrieving {
    private let reader: WindowReader
    private let budget: Int
    private let windowSize: Int
    /// Tokens that go into each further round.
    private let rounds: [Int]
    private var isFirstRoundElsewhere = false
    private var survivors: [[ScoredPassage]]

    init(reader: WindowReader, budget: Int, windowSize: Int) {
        self.reader = reader
        self.budget = budget
        self.windowSize = windowSize
        rounds = reader.profile.rounds.filter { $0 > budget }
        survivors = reader.questions.map { _ in [] }
    }

    /// A tournament whose first round is over.
    /// - Parameter survivors: For each question the passages that go into the next one.
    init(reader: WindowReader, budget: Int, windowSize: Int, survivors: [[ScoredPassage]]) {
        self.init(reader: reader, budget: budget, windowSize: windowSize)
        self.survivors = survivors
        isFirstRoundElsewhere = true
    }

    mutating func read(_ passages: [Passage]) throws {
        let window = Window(passages, paragraphBreak: paragraphBreak)
        for (question, scores) in try reader.read(window).enumerated() {
            survivors[question] += scored(window, scores)
            trim(question, to: rounds.first ?? budget)
        }
    }

    mutating func finish() throws -> [[ScoredPassage]] {
        for question in survivors.indices {
            for round in rounds {
                let passages = kept(of: question, within: round).map(\.passage)
                // A round that would only read again what one window has already compared changes nothing.
                guard passages.reduce(0, { $0 + $1.tokenCount }) > budget,
                    reader.windowCount > 1 || isFirstRoundElsewhere
                else { continue }
                survivors[question] = try Window.packing(passages, size: windowSize, paragraphBreak: paragraphBreak)
                    .flatMap { scored($0, try reader.read($0, question: question)) }
            }
        }
        return survivors.indices.map { kept(of: $0, within: budget) }
    }

    private var paragraphBreak: [Int32] { reader.questions[0].paragraphBreak }

    private func scored(_ window: Window, _ scores: AttentionScores) -> [ScoredPassage] {
        switch reader.profile.keeping {
        case .bestTokens(let count): Selection.holdingBestTokens(count, of: window, by: scores)
        case .bestUnits(let tokensPerUnit): Selection.scored(window, by: scores, tokensPerUnit: tokensPerUnit)
        }
    }

    private func kept(of question: Int, within tokens: Int) -> [ScoredPassage] {
        Selection.best(survivors[question], budget: tokens, separator: paragraphBreak.count)
    }

    /// Drops what can no longer win, once in a while.
    private mutating func trim(_ question: Int, to tokens: Int) {
        let held = survivors[question].reduce(0) { $0 + $1.passage.tokenCount }
        if held > 2 * tokens + windowSize { survivors[question] = kept(of: question, within: tokens) }
    }
}
