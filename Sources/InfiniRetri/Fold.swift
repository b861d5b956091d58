import Documents

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
        context.weights.observe(chunk)
        let rule = context.profile.selection
        for (question, prompt) in context.questions.enumerated() {
            let merged = retrieved[question].map(\.passage) + chunk
            let window = Window(merged, paragraphBreak: prompt.paragraphBreak)
            let scores = try context.scorer.attention(
                of: [AskedPrompt(question: question, prompt: prompt)], to: window)[0]
            context.weights.observe(scores, of: question)
            let weights = context.weights.weights(of: question)
            let kept = zip(merged, WindowCandidates.of(window, by: scores, weights: weights, rule: rule))
                .compactMap { passage, seen in
                    seen.map { Fusion.fused([$0], of: passage, weights: weights, rule: rule) }
                }
            switch rule {
            case .bestTokens: retrieved[question] = kept
            case .bestUnits: retrieved[question] = context.best(kept, tokens: carriedTokens)
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

    private var carriedTokens: Int { max(context.plan.budget, context.plan.selection.carriedTokens) }
}
