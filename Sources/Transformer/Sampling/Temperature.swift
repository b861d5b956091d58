import Tokenization

/// Divides the logits by a temperature (Ackley, Hinton and Sejnowski, "A learning algorithm for Boltzmann machines",
/// Cognitive Science 9, 1985). Above 0, at most 100; 1 changes nothing.
package struct Temperature: Sampler {
    let value: Float

    package init(_ value: Float) throws(SamplingError) {
        try SamplingError.check("temperature", value, "from 0 to 100") { $0 > 0 && $0 <= 100 }
        self.value = value
    }

    package func apply(to candidates: inout Candidates, history: Set<TokenID>) {
        // Relative to the best one: a low temperature must not lead to infinity.
        let best = candidates.best.logit
        candidates.update { ($0.logit - best) / value }
    }
}
