extension RetrievalPlan {
    /// The reranking steps for a text of so many tokens.
    /// - Parameters:
    ///   - stages: What found the candidates.
    ///   - documentTokens: Nil where that is not known yet: then all steps that there may be.
    package func steps(behind stages: [Stage], documentTokens: Int?) -> [Reranking] {
        guard let documentTokens else { return reranking }
        let last = reranking.last
        let firstRound = reranking.firstIndex { $0.by == .attention }
        return reranking.indices.compactMap { index in
            var step = reranking[index]
            guard step.by == .attention else { return step }
            if stages.contains(.keys) {
                // The scan cost next to nothing, so no round is left out.
                if index == firstRound, stages == [.keys] {
                    let larger = min(
                        rounds.growthBehindKeys * Double(step.tokens),
                        rounds.shareOfTextBehindKeys * Double(documentTokens))
                    step.tokens = max(step.tokens, Int(larger))
                }
                return step
            }
            // One window has already compared everything with everything.
            guard documentTokens > window ?? 0 else { return nil }
            let isWorthIt = Double(step.tokens) <= rounds.largestShareOfText * Double(documentTokens)
            return isWorthIt || (last?.by == .attention && index == reranking.count - 1) ? step : nil
        }
    }

    /// Tokens of candidates that come out of the first stages.
    package func candidateTokens(behind stages: [Stage], documentTokens: Int?) -> Int {
        let most = steps(behind: stages, documentTokens: documentTokens).map(\.tokens).max() ?? 0
        // Where nothing is read again, candidates are the evidence.
        return reranking.isEmpty ? max(budget, most) : most
    }
}
