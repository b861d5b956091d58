import Documents
import Passages
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
    /// For each question places in the documents, in bytes of extracted text: how answerable it is without what stands there is
    /// told besides. Empty where nobody asks.
    package var leftOut: [[Range<Int>]] = []
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
    package var paragraphBreak: [TokenID] { questions.first?.paragraphBreak ?? [] }
    package var separator: Int { paragraphBreak.count }

    /// The words of a question.
    func lexicalQuery(_ question: Int) -> LexicalQuery {
        let prompt = questions[question]
        return LexicalQuery(tokenizer.decode(prompt.suffix[prompt.queryTokens]))
    }

    /// Scores passages by the attention of a question, in windows of their own.
    func scored(_ passages: [Passage], for question: Int) throws -> [ScoredPassage] {
        let asked = AskedPrompt(question: question, prompt: questions[question])
        return try Window.packing(passages, size: window, paragraphBreak: paragraphBreak).flatMap { window in
            WindowScoring(
                window, try scorer.attention(of: [asked], to: window)[0], weights: weights.weights(of: question),
                rule: profile.selection
            ).scored(window)
        }
    }
}
