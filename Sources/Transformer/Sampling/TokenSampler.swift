import Tokenization

/// Chooses the next token: the repetition penalty first, then temperature, top-k, top-p and min-p in this order (as
/// transformers has them), then a draw among what is left. At temperature 0 the most probable token is taken after the
/// penalty, and nothing else matters.
package struct TokenSampler: Sendable {
    private let penalty: RepetitionPenalty?
    /// Empty and not used where the choice is greedy.
    private let samplers: [any Sampler]
    private let isGreedy: Bool
    private var random: SplitMix64

    /// - Throws: ``SamplingError/invalidOption(name:value:range:)``, for options that are not used as well.
    package init(_ options: SamplingOptions) throws(SamplingError) {
        let checkedPenalty = try RepetitionPenalty(options.repetitionPenalty)
        penalty = options.repetitionPenalty == 1 ? nil : checkedPenalty
        isGreedy = options.temperature == 0
        var samplers: [any Sampler] = []
        if !isGreedy { samplers.append(try Temperature(options.temperature)) }
        if let count = options.topK { samplers.append(try TopK(count)) }
        if let probability = options.topP { samplers.append(try TopP(probability)) }
        if let fraction = options.minP { samplers.append(try MinP(fraction)) }
        self.samplers = isGreedy ? [] : samplers
        random = SplitMix64(seed: options.seed)
    }

    /// The next token.
    ///
    /// - Throws: ``SamplingError/noFiniteLogits``.
    package mutating func next(logits: [Float], history: Set<TokenID>) throws(SamplingError) -> TokenID {
        var candidates = try Candidates(logits: logits)
        penalty?.apply(to: &candidates, history: history)
        guard !isGreedy else { return candidates.best.id }
        for sampler in samplers { sampler.apply(to: &candidates, history: history) }
        let probabilities = candidates.probabilities
        var remaining = random.uniform()
        for (candidate, probability) in zip(candidates.all, probabilities) {
            remaining -= Double(probability)
            if remaining < 0 { return candidate.id }
        }
        // Rounding may leave a crumb.
        return candidates.best.id
    }
}
