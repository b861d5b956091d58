import Tokenization
import Transformer

/// Puts questions to windows: one pass of the model to the profile's last layer, read as token scores (step 3 of the
/// paper, "infer").
///
/// Not thread-safe: it holds the cache with the keys of the instruction prefix, which every window continues.
package final class ModelScorer {
    let profile: RetrievalProfile
    let questions: [QuestionPrompt]
    /// What went through the model for all questions together.
    private var shared = Passes()
    /// What went through the model for each question alone.
    private var own: [Passes]

    private let model: any LanguageModel
    private let heads: [AttentionHead]
    private let passes: PrefixedPasses

    /// Counts of what went through the model.
    package struct Passes: Sendable {
        package var windows = 0
        package var tokens = 0
    }

    package init(model: any LanguageModel, profile: RetrievalProfile, questions: [QuestionPrompt]) throws {
        self.model = model
        self.profile = profile
        self.questions = questions
        heads = try profile.resolvedHeads(in: model.shape)
        passes = PrefixedPasses(
            model: model, prefix: questions.first?.prefix ?? [],
            depth: .keys(ofLayer: heads.map(\.layer).max() ?? 0))
        own = questions.map { _ in Passes() }
    }

    /// What went through the model for a question, what served others too included.
    package func passes(for question: Int) -> Passes {
        Passes(windows: shared.windows + own[question].windows, tokens: shared.tokens + own[question].tokens)
    }

    /// Counts tokens that went through the model for a question in passes of another.
    func countPass(tokens: Int, of question: Int) { own[question].tokens += tokens }

    /// What judges passages for these questions.
    func makeQuestionLikelihood() -> LikelihoodReranker { LikelihoodReranker(model: model, questions: questions) }

    /// The profile's rule for the weights of the questions' rows, before anything is read.
    package func makeQueryWeights() -> QueryWeights {
        QueryWeights(
            profile.queryWeights, questions: questions,
            frequencies: PassageFrequencies(vocabulary: model.shape.vocabulary))
    }

    /// The scores of one window for one question.
    package func read(_ window: Window, question: Int) throws -> AttentionScores {
        try read(window, before: questions[question], for: question)
    }

    /// The scores of one window for a prompt with the questions' prefix; it counts as a pass for one of them.
    func read(_ window: Window, before prompt: QuestionPrompt, for question: Int) throws -> AttentionScores {
        try readPrefix()
        own[question].windows += 1
        return try readSuffix(of: prompt, for: question, after: window.tokens, contextCount: window.tokens.count)
    }

    /// Reads passages in windows of their own: for each, in the order of reading, what may be kept of it.
    /// - Parameter weights: Those of the prompt's rows.
    func rescore(
        _ passages: [Passage], windowSize: Int, before prompt: QuestionPrompt, for question: Int, weights: [Float]
    ) throws -> [[ScoredPassage]] {
        try Window.packing(passages, size: windowSize, paragraphBreak: prompt.paragraphBreak).flatMap { window in
            let scores = try read(window, before: prompt, for: question)
            return Selection.candidates(of: window, by: scores, weights: weights, selection: profile.selection)
                .map { $0.map { $0.scored(weights: weights, selection: profile.selection) } }
        }
    }

    /// The scores of one window for every question. The window itself is computed once.
    package func read(_ window: Window) throws -> [AttentionScores] {
        guard questions.count > 1 else { return [try read(window, question: 0)] }
        try readPrefix()
        shared.windows += 1
        try passes.run(window.tokens)
        shared.tokens += window.tokens.count
        let end = passes.cache.count
        return try questions.indices.map { question in
            defer { passes.cache.truncate(to: end) }
            return try readSuffix(
                of: questions[question], for: question, after: [], contextCount: window.tokens.count)
        }
    }

    private func readPrefix() throws {
        let before = passes.tokenCount
        try passes.restart()
        shared.tokens += passes.tokenCount - before
    }

    /// Runs `tokens` and the prompt's suffix behind what the cache holds, and scores the context, whose last
    /// tokens they are.
    private func readSuffix(
        of prompt: QuestionPrompt, for question: Int, after tokens: [TokenID], contextCount: Int
    ) throws -> AttentionScores {
        let contextEnd = passes.cache.count + tokens.count
        let rows = contextEnd + prompt.rows.lowerBound..<contextEnd + prompt.rows.upperBound
        let probe = AttentionProbe(
            heads: heads, rows: rows, columns: contextEnd - contextCount..<contextEnd + prompt.suffix.count)
        let attention = try passes.run(tokens + prompt.suffix, probe: probe)
        own[question].tokens += tokens.count + prompt.suffix.count
        guard let attention else {
            throw RetrievalError.invalidProfile(name: profile.name, reason: "no attention came back")
        }
        return AttentionScores(attention, contextCount: contextCount, phraseWidth: profile.phraseWidth)
    }
}
