import Tokenization

/// Keeps the `count` most probable tokens ("Hierarchical neural story generation", arXiv 1805.04833). At least 1.
package struct TopK: Sampler {
    let count: Int

    package init(_ count: Int) throws(SamplingError) {
        guard count >= 1 else { throw .invalidOption(name: "topK", value: "\(count)", range: "of at least 1") }
        self.count = count
    }

    package func apply(to candidates: inout Candidates, history: Set<TokenID>) {
        candidates.keepBest(count)
    }
}
