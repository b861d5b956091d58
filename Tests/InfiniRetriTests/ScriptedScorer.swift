import InfiniRetri
import TestSupport
import Tokenization

/// A scorer that says what it is told to, and remembers what it was asked.
final class ScriptedScorer: PassageScorer {
    /// The attention of a query token to a token of the window.
    private let attention: (_ query: TokenID, _ token: TokenID) -> Float
    private let likelihood: (_ given: [Passage], Passage) -> Float
    private let information: (_ given: [Passage], Passage) -> Float
    private(set) var calls: [Call] = []

    /// What was asked: a window for some questions, or a passage behind others for one.
    enum Call: Equatable {
        case window(tokens: [TokenID], questions: [Int])
        case likelihood(tokens: [TokenID], given: Int, question: Int)
        case information(tokens: [TokenID], given: Int, question: Int)
    }

    init(
        likelihood: @escaping (_ given: [Passage], Passage) -> Float = { _, _ in 0 },
        information: @escaping (_ given: [Passage], Passage) -> Float = { _, _ in 0 },
        attention: @escaping (_ query: TokenID, _ token: TokenID) -> Float
    ) {
        self.likelihood = likelihood
        self.information = information
        self.attention = attention
    }

    func attention(of prompts: [AskedPrompt], to window: Window) -> [AttentionScores] {
        calls.append(.window(tokens: window.tokens, questions: prompts.map(\.question)))
        return prompts.map { asked in
            let queries = Array(asked.prompt.suffix[asked.prompt.queryTokens])
            return AttentionScores(
                tokenCount: window.tokens.count,
                phraseScores: queries.flatMap { query in window.tokens.map { attention(query, $0) } },
                attentionToQuery: queries.map { _ in 1 })
        }
    }

    func likelihoods(of asked: AskedPrompt, behind given: [Passage], after readings: [[Passage]]) -> [Float] {
        readings.compactMap(\.last).map { passage in
            calls.append(.likelihood(tokens: passage.tokens, given: given.count, question: asked.question))
            return likelihood(given, passage)
        }
    }

    func likelihood(of asked: AskedPrompt) -> Float { -6 }

    func information(
        about passages: [Passage], tokens: Int, behind given: [Passage], _ asked: AskedPrompt
    ) -> [Float] {
        passages.map { passage in
            calls.append(
                .information(
                    tokens: Array(passage.tokens.prefix(tokens)), given: given.count, question: asked.question))
            return information(given, passage)
        }
    }
}

/// A pipeline's context around a scripted scorer: no model but a tokenizer of single bytes.
struct ScriptedContext {
    let scorer: ScriptedScorer
    private let profile: RetrievalProfile
    private let plan: RetrievalPlan
    private let tokenizer: Tokenizer

    /// - Parameter change: Changes the default plan, which has windows of 200 tokens and short passages.
    init(
        scorer: ScriptedScorer = ScriptedScorer { $0 == $1 ? 1 : 0 }, rule: RetrievalProfile.SelectionRule? = nil,
        _ change: (inout RetrievalPlan) -> Void = { _ in }
    ) throws {
        self.scorer = scorer
        var profile = RetrievalProfile.unmeasured
        profile.queryWeights = .uniform
        profile.selection = rule ?? .bestUnits(tokensPerUnit: 1)
        if case .bestTokens = profile.selection { profile.unit = .sentence }
        self.profile = profile
        var plan = RetrievalPlan.standard
        plan.window = 200
        plan.stages = [.windows]
        plan.hops.most = 0
        change(&plan)
        self.plan = plan
        tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
    }

    /// The context for questions that are these tokens.
    func context(for questions: [[TokenID]], paragraphBreak: [TokenID]? = nil) -> RetrievalContext {
        let prompts = questions.map {
            QuestionPrompt(
                prefix: [], suffix: $0, queryTokens: 0..<$0.count,
                paragraphBreak: paragraphBreak ?? tokenizer.encode("\n\n"))
        }
        return RetrievalContext(
            questions: prompts, scorer: scorer, profile: profile, plan: plan,
            meter: CostMeter(questions: prompts.count),
            weights: QueryWeights(profile.queryWeights, questions: prompts, vocabulary: 1 << 10), tokenizer: tokenizer)
    }

    /// The evidence for questions about a text.
    func evidence(for questions: [String], in text: String) throws -> [[ScoredPassage]] {
        let context = context(for: questions.map { tokenizer.encode($0) })
        let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
        return try Pipeline(context).evidence(from: corpus, stages: stages(context)).map(\.evidence)
    }

    /// The plan's stages.
    func stages(
        _ context: RetrievalContext, from registry: [RetrievalPlan.Stage: FirstStages.Maker] = FirstStages.all
    ) throws -> [any FirstStage] {
        let source = FirstStages.Source(context: context, index: nil, model: try ScriptedModel([0], prompt: 1))
        return try FirstStages.stages(plan.stages ?? [], of: source, from: registry)
    }

    func token(_ text: String) -> TokenID { tokenizer.encode(text).first ?? 0 }
}
