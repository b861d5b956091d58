import Documents
import Foundation
import Inference
import Tokenization
import Transformer

/// Scores text with a language model: one pass to the profile's last layer for attention, one to the end for likelihood.
///
/// Not thread-safe: it holds the caches with the keys of the instruction prefix, which every pass continues.
package final class ModelScorer: PassageScorer {
    private let profile: RetrievalProfile
    private let heads: [AttentionHead]
    private let meter: CostMeter
    private let retrieval: PrefixedPasses
    private let whole: PrefixedPasses

    /// - Parameters:
    ///   - prefix: What stands before every window.
    ///   - meter: Gets the tokens and windows that go through the model.
    package init(
        model: any LanguageModel, profile: RetrievalProfile, prefix: [TokenID], meter: CostMeter
    ) throws(RetrievalError) {
        self.profile = profile
        self.meter = meter
        heads = try profile.resolvedHeads(in: model.shape)
        retrieval = PrefixedPasses(
            model: model, prefix: prefix, depth: .keys(ofLayer: heads.map(\.layer).max() ?? 0))
        whole = PrefixedPasses(model: model, prefix: prefix, depth: .whole)
    }

    package func attention(of prompts: [AskedPrompt], to window: Window) throws -> [AttentionScores] {
        try counting(retrieval, for: nil) { try retrieval.restart() }
        guard prompts.count > 1 else {
            return try prompts.map { asked in
                meter.count(windows: 1, tokens: 0, for: asked.question)
                return try attention(of: asked, after: window.tokens, contextCount: window.tokens.count)
            }
        }
        try counting(retrieval, for: nil) { _ = try retrieval.run(window.tokens) }
        meter.count(windows: 1, tokens: 0, for: nil)
        let end = retrieval.cache.count
        return try prompts.map { asked in
            defer { retrieval.cache.truncate(to: end) }
            return try attention(of: asked, after: [], contextCount: window.tokens.count)
        }
    }

    /// Runs `tokens` and the prompt's suffix behind what the cache holds, and scores the context, whose last tokens they are.
    private func attention(
        of asked: AskedPrompt, after tokens: [TokenID], contextCount: Int
    ) throws -> AttentionScores {
        let prompt = asked.prompt
        let contextEnd = retrieval.cache.count + tokens.count
        let rows = contextEnd + prompt.queryTokens.lowerBound..<contextEnd + prompt.queryTokens.upperBound
        let probe = AttentionProbe(
            heads: heads, rows: rows, columns: contextEnd - contextCount..<contextEnd + prompt.suffix.count)
        let capture = try counting(retrieval, for: asked.question) {
            try retrieval.run(tokens + prompt.suffix, probe: probe)
        }
        guard let capture else {
            throw RetrievalError.invalidProfile(name: profile.name, reason: "no attention came back")
        }
        return AttentionScores(capture, contextCount: contextCount, phraseWidth: profile.phraseWidth)
    }

    package func likelihood(of asked: AskedPrompt, after passage: Passage) throws -> Float {
        try counting(whole, for: asked.question) {
            let prompt = asked.prompt
            let context = Window([passage], paragraphBreak: prompt.paragraphBreak).tokens
            let tokens = context + prompt.suffix
            let predicted =
                context.count + prompt.queryTokens.lowerBound..<context.count + prompt.queryTokens.upperBound
            var sum = 0.0
            try whole.restart()
            // The last token is predicted only. Pieces, because the logits of a very long question may take gigabytes.
            for start in stride(from: 0, to: predicted.upperBound - 1, by: Self.piece) {
                let piece = start..<min(start + Self.piece, predicted.upperBound - 1)
                let before = piece.filter { predicted.contains($0 + 1) }
                let logits = try whole.logits(of: Array(tokens[piece]), at: before.map { $0 - start })
                for (position, logits) in zip(before, logits) {
                    sum += logProbability(of: tokens[position + 1], in: logits)
                }
            }
            return Float(exp(sum / Double(max(1, predicted.count))))
        }
    }

    /// Tokens that are run at once where logits are asked for.
    private static let piece = 384

    private func counting<Result>(
        _ passes: PrefixedPasses, for question: Int?, _ work: () throws -> Result
    ) rethrows -> Result {
        let before = passes.tokenCount
        defer { meter.count(tokens: passes.tokenCount - before, for: question) }
        return try work()
    }
}
