import Foundation
import Inference
import Passages
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
        try counting(retrieval, for: nil) { try retrieval.hold([]) }
        let count = window.tokens.count
        // A single question goes through the model together with the window.
        if prompts.count == 1, let asked = prompts.first {
            meter.count(windows: 1, tokens: 0, for: asked.question)
            let probe = probe(of: asked.prompt, behind: count)
            let capture = try counting(retrieval, for: asked.question) {
                try retrieval.run(window.tokens + asked.prompt.suffix, probe: probe)
            }
            return [try scores(capture, contextCount: count)]
        }
        try counting(retrieval, for: nil) { _ = try retrieval.run(window.tokens) }
        meter.count(windows: 1, tokens: 0, for: nil)
        var found: [AttentionScores] = []
        let questions = prompts.map {
            PrefixedPasses.Continuation($0.prompt.suffix, probe: probe(of: $0.prompt, behind: 0, contextCount: count))
        }
        try retrieval.run(questions) { index, result in
            meter.count(tokens: questions[index].tokens.count, for: prompts[index].question)
            found.append(try scores(result.attention, contextCount: count))
        }
        return found
    }

    /// The attention of a prompt's query tokens to the context before it and to the prompt itself.
    /// - Parameters:
    ///   - tokens: Tokens between what the cache holds and the prompt.
    ///   - contextCount: Tokens of the context, the last before the prompt; nil: `tokens`.
    private func probe(of prompt: QuestionPrompt, behind tokens: Int, contextCount: Int? = nil) -> AttentionProbe {
        let end = retrieval.cache.count + tokens
        return AttentionProbe(
            heads: heads, rows: end + prompt.queryTokens.lowerBound..<end + prompt.queryTokens.upperBound,
            columns: end - (contextCount ?? tokens)..<end + prompt.suffix.count)
    }

    private func scores(_ capture: AttentionCapture?, contextCount: Int) throws -> AttentionScores {
        guard let capture else {
            throw RetrievalError.invalidProfile(name: profile.name, reason: "no attention came back")
        }
        return AttentionScores(capture, contextCount: contextCount, phraseWidth: profile.phraseWidth)
    }

    package func likelihoods(
        of prompt: AskedPrompt, behind given: [Passage], after readings: [[Passage]]
    ) throws -> [Float] {
        guard !readings.isEmpty else { return [] }
        let asked = prompt.prompt
        return try logProbabilities(
            behind: context(given, asked), for: prompt.question,
            readings.map { reading in
                let context = context(given + reading, asked).dropFirst(context(given, asked).count)
                let tokens = context + asked.suffix
                let start = context.count + asked.queryTokens.lowerBound
                return (Array(tokens.prefix(start)), Array(asked.suffix[asked.queryTokens]))
            }
        ).map(Self.mean)
    }

    private static func mean(_ values: [Double]) -> Float { Float(values.reduce(0, +) / Double(max(1, values.count))) }

    package func likelihood(of prompt: AskedPrompt) throws -> Float {
        let asked = prompt.prompt
        let question = (
            Array(asked.suffix[..<asked.queryTokens.lowerBound]), Array(asked.suffix[asked.queryTokens])
        )
        return Self.mean(try logProbabilities(behind: [], for: prompt.question, [question])[0])
    }

    package func information(
        about passages: [Passage], tokens: Int, behind given: [Passage], _ prompt: AskedPrompt
    ) throws -> [Float] {
        guard !passages.isEmpty else { return [] }
        let asked = prompt.prompt
        let heads = passages.map { (asked.paragraphBreak, Array($0.tokens.prefix(tokens))) }
        let alone = try logProbabilities(behind: [], for: prompt.question, heads)
        let behind = try logProbabilities(
            behind: context(given, asked) + asked.suffix, for: prompt.question, heads)
        return zip(behind, alone).map { Float($0.reduce(0, +) - $1.reduce(0, +)) }
    }

    /// Passages as the model reads them.
    private func context(_ passages: [Passage], _ prompt: QuestionPrompt) -> [TokenID] {
        Window(passages, paragraphBreak: prompt.paragraphBreak).tokens
    }

    /// The log-probabilities of tokens, each time behind others that go between them and what all follow.
    private func logProbabilities(
        behind shared: [TokenID], for question: Int, _ texts: [(before: [TokenID], predicted: [TokenID])]
    ) throws -> [[Double]] {
        try counting(whole, for: question) {
            try whole.hold(shared)
            let start = whole.cache.count
            let continuations = texts.map { text in
                // What is predicted stands behind a token of the same pass: where nothing goes between, the first is given.
                let given = text.before.isEmpty ? 1 : 0
                let before = text.before + text.predicted.prefix(given)
                let predicted = text.predicted.dropFirst(given)
                // The last token is predicted only.
                return PrefixedPasses.Continuation(
                    before + predicted.dropLast(),
                    outputs: .logProbabilities(
                        predicted.enumerated().map {
                            NextToken($0.element, behind: start + before.count + $0.offset - 1)
                        }))
            }
            var found: [[Double]] = []
            try whole.run(continuations) { found.append($1.logProbabilities) }
            return found
        }
    }

    private func counting<Result>(
        _ passes: PrefixedPasses, for question: Int?, _ work: () throws -> Result
    ) rethrows -> Result {
        let before = passes.tokenCount
        defer { meter.count(tokens: passes.tokenCount - before, for: question) }
        return try work()
    }
}
