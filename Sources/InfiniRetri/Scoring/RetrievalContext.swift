import Documents
import Tokenization

/// What every stage of one run is given: the questions, the model as a scorer, the plan, the profile, and the meter.
package struct RetrievalContext {
    package let questions: [QuestionPrompt]
    package let scorer: any PassageScorer
    package let profile: RetrievalProfile
    package let plan: RetrievalPlan
    package let meter: CostMeter
    /// How much each query token counts, as far as is known by now of the documents.
    package let weights: QueryWeights
    /// Cuts what is too long for a budget.
    package let tokenizer: Tokenizer

    /// - Parameters:
    ///   - plan: Its stages and window must be set.
    ///   - weights: Of the questions, with the profile's rule.
    package init(
        questions: [QuestionPrompt], scorer: any PassageScorer, profile: RetrievalProfile, plan: RetrievalPlan,
        meter: CostMeter, weights: QueryWeights, tokenizer: Tokenizer
    ) {
        self.questions = questions
        self.scorer = scorer
        self.profile = profile
        self.plan = plan
        self.meter = meter
        self.weights = weights
        self.tokenizer = tokenizer
    }

    /// The first stages in use.
    var stages: [RetrievalPlan.Stage] { plan.stages ?? [.windows] }
    /// Document tokens of a window at most.
    var window: Int { plan.window ?? profile.window }
    /// The tokens of a blank line, and how many a passage costs beyond its own.
    var paragraphBreak: [TokenID] { questions.first?.paragraphBreak ?? [] }
    var separator: Int { paragraphBreak.count }

    /// The best passages, as many as `tokens` tokens hold, in the order of reading.
    func best(_ passages: [ScoredPassage], tokens: Int) -> [ScoredPassage] {
        ScoredPassage.best(passages, tokens: tokens, separator: separator)
    }

    /// Scores passages by the attention of a prompt, in windows of their own: each in the order of reading, nil where
    /// the profile's rule drops it.
    /// - Parameters:
    ///   - size: Tokens of a window at most.
    ///   - weights: Those of the prompt's query tokens.
    func scored(
        _ passages: [Passage], by asked: AskedPrompt, size: Int, weights: [Float]
    ) throws -> [ScoredPassage?] {
        try Window.packing(passages, size: size, paragraphBreak: asked.prompt.paragraphBreak).flatMap { window in
            let scores = try scorer.attention(of: [asked], to: window)
            let seen = WindowCandidates.of(window, by: scores[0], weights: weights, rule: profile.selection)
            return zip(window.passages, seen).map { passage, seen in
                seen.map { Fusion.fused([$0], of: passage, weights: weights, rule: profile.selection) }
            }
        }
    }
}
