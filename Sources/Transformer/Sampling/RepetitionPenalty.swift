import Tokenization

/// Divides the logits of tokens that have occurred by a penalty where they are positive, and multiplies them where they
/// are negative ("CTRL", arXiv 1909.05858). Above 0, at most 10; 1 changes nothing.
package struct RepetitionPenalty: Sampler {
    let penalty: Float

    package init(_ penalty: Float) throws(SamplingError) {
        try SamplingError.check("repetitionPenalty", penalty, "above 0 and at most 10") { $0 > 0 && $0 <= 10 }
        self.penalty = penalty
    }

    package func apply(to candidates: inout Candidates, history: Set<TokenID>) {
        candidates.update { candidate in
            guard history.contains(candidate.id) else { return candidate.logit }
            return candidate.logit > 0 ? candidate.logit / penalty : candidate.logit * penalty
        }
    }
}
