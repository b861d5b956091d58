import Tokenization
import Transformer

/// Puts questions to windows: one pass of the model to the profile's last layer, read as token scores (step 3 of the
/// paper, "infer").
///
/// Not thread-safe: it holds the cache with the keys of the instruction prefix, which every window continues.
package final class WindowReader {
    let profile: RetrievalProfile
    let questions: [QuestionPrompt]
    /// Tokens that went through the model.
    package private(set) var processedTokens = 0
    /// Windows that went through the model.
    private(set) var windowCount = 0

    private let model: any LanguageModel
    private let heads: [AttentionHead]
    private let depth: Depth
    private let cache: any KeyValueCache
    /// The row weights of the first window, kept for all later ones, for each question.
    private var rowWeights: [[Float]?]

    package init(model: any LanguageModel, profile: RetrievalProfile, questions: [QuestionPrompt]) throws {
        self.model = model
        self.profile = profile
        self.questions = questions
        heads = try profile.resolvedHeads(in: model.shape)
        depth = .keys(ofLayer: heads.map(\.layer).max() ?? 0)
        cache = model.makeCache()
        rowWeights = questions.map { question in
            profile.rowWeights == .uniform ? [Float](repeating: 1, count: question.rows.count) : nil
        }
    }

    /// The token scores of one window for one question.
    package func read(_ window: Window, question: Int) throws -> AttentionScores {
        try readPrefix()
        windowCount += 1
        return try readSuffix(of: question, after: window.tokens, contextCount: window.tokens.count)
    }

    /// The token scores of one window for every question. The window itself is computed once.
    package func read(_ window: Window) throws -> [AttentionScores] {
        guard questions.count > 1 else { return [try read(window, question: 0)] }
        try readPrefix()
        windowCount += 1
        try forward(window.tokens, probe: nil)
        let end = cache.count
        return try questions.indices.map { question in
            defer { cache.truncate(to: end) }
            return try readSuffix(of: question, after: [], contextCount: window.tokens.count)
        }
    }

    /// Leaves the cache with the instruction prefix alone.
    private func readPrefix() throws {
        let prefix = questions[0].prefix
        if cache.count >= prefix.count {
            cache.truncate(to: prefix.count)
        } else if !prefix.isEmpty {
            try forward(prefix, probe: nil)
        }
    }

    /// Runs `tokens` and the question's suffix behind what the cache holds, and scores the context, whose last
    /// tokens they are.
    private func readSuffix(of question: Int, after tokens: [TokenID], contextCount: Int) throws -> AttentionScores {
        let prompt = questions[question]
        let contextEnd = cache.count + tokens.count
        let rows = contextEnd + prompt.rows.lowerBound..<contextEnd + prompt.rows.upperBound
        let probe = AttentionProbe(
            heads: heads, rows: rows, columns: contextEnd - contextCount..<contextEnd + prompt.suffix.count)
        let attention = try forward(tokens + prompt.suffix, probe: probe)
        guard let attention else {
            throw RetrievalError.invalidProfile(name: profile.name, reason: "no attention came back")
        }
        let scores = AttentionScores(
            attention, contextCount: contextCount, phraseWidth: profile.phraseWidth, rowWeights: rowWeights[question])
        rowWeights[question] = scores.rowWeights
        return scores
    }

    @discardableResult
    private func forward(_ tokens: [TokenID], probe: AttentionProbe?) throws -> AttentionCapture? {
        let request = ForwardRequest(tokens: tokens, probe: probe, depth: depth, logits: .none)
        let result = try model.forward(request, cache: cache)
        processedTokens += tokens.count
        return result.attention
    }
}
