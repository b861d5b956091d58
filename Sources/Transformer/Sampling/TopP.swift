import Tokenization

/// Keeps the fewest most probable tokens that together reach a probability ("The curious case of neural text
/// degeneration", arXiv 1904.09751: nucleus sampling). Above 0, at most 1; 1 changes nothing.
package struct TopP: Sampler {
    let probability: Float

    package init(_ probability: Float) throws(SamplingError) {
        try SamplingError.check("topP", probability, "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
        self.probability = probability
    }

    package func apply(to candidates: inout Candidates, history: Set<TokenID>) {
        guard probability < 1 else { return }
        let probabilities = candidates.probabilities
        // All tokens below this share of the rest together hold less than the rest: none of them is in the nucleus.
        let negligible = (1 - probability) / Float(probabilities.count)
        let ordered = probabilities.indices.filter { probabilities[$0] >= negligible }
            .sorted { (probabilities[$0], $1) > (probabilities[$1], $0) }
        var sum: Float = 0
        var count = 0
        while count < ordered.count && sum < probability {
            sum += probabilities[ordered[count]]
            count += 1
        }
        candidates.keep(ordered.prefix(max(1, count)))
    }
}
