import Passages

/// The paper's order: `retrieved = select(retrieved ++ chunk)`, from left to right.
struct Fold {
    private let context: RetrievalContext
    /// For each question what was retrieved so far, in the order of reading.
    private var retrieved: [[ScoredPassage]]

    init(_ context: RetrievalContext) {
        self.context = context
        retrieved = context.questions.map { _ in [] }
    }

    mutating func read(_ chunk: [Passage]) throws {
        let rule = context.profile.selection
        for (question, prompt) in context.questions.enumerated() {
            let window = Window(
                retrieved[question].map(\.passage) + chunk, paragraphBreak: prompt.paragraphBreak)
            let attention = try context.scorer.attention(
                of: [AskedPrompt(question: question, prompt: prompt)], to: window)[0]
            context.weights.observe(attention, of: question)
            let weights = context.weights.weights(of: question)
            let scored = WindowScoring(window, attention, weights: weights, rule: rule).scored(window)
            switch rule {
            case .bestTokens(let count):
                let best = WindowScoring.holdsBest(count, of: attention.tokens(weights: weights), window)
                retrieved[question] = zip(scored, best).compactMap { $1 ? $0 : nil }
            case .bestUnits:
                retrieved[question] = ScoredPassage.best(
                    scored, tokens: max(context.plan.budget, context.plan.selection.carriedTokens),
                    separator: context.separator)
            }
        }
    }

    func finish() throws -> [[ScoredPassage]] {
        try retrieved.enumerated().map { question, kept in
            // The paper's rule is not bounded in tokens.
            if case .bestTokens = context.profile.selection { return kept }
            return try EvidenceSelection(context).evidence(from: ScoredPassage.ranked(kept), for: question)
        }
    }
}
