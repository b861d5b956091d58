import Tokenization

/// Keeps the tokens that have at least a fraction of the best one's probability ("Turning up the heat", arXiv 2407.01082).
/// 0 to 1; 0 changes nothing.
package struct MinP: Sampler {
    let fraction: Float

    package init(_ fraction: Float) throws(SamplingError) {
        try SamplingError.check("minP", fraction, "from 0 to 1") { $0 >= 0 && $0 <= 1 }
        self.fraction = fraction
    }

    package func apply(to candidates: inout Candidates, history: Set<TokenID>) {
        let probabilities = candidates.probabilities
        let least = fraction * (probabilities.max() ?? 0)
        candidates.keep(probabilities.indices.filter { probabilities[$0] >= least })
    }
}
