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
                        rounds.growthBehindKeys * Double(step.tokens), rounds.shareOfTextBehindKeys * Double(documentTokens))
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

    /// Checks the numbers that a plan might get wrong.
    /// - Throws: ``RetrievalError/invalidOption(name:reason:)``.
    func validate() throws(RetrievalError) {
        func require(_ condition: Bool, _ name: String, _ reason: String) throws(RetrievalError) {
            if !condition { throw .invalidOption(name: name, reason: reason) }
        }
        try require(budget >= 16, "budget", "\(budget) tokens hold no sentence; take 16 or more")
        try require((window ?? 64) >= 64, "window", "\(window ?? 0) tokens are too few; take 64 or more")
        try require(
            hops.most >= 0 && (hops.most == 0 || order != .fold), "hops",
            "they are 0 or more, and not for fold, which carries evidence along as it reads")
        if let stages {
            let finders = stages.filter { $0 != .lexical }
            try require(
                finders.count == 1 && Set(stages).count == stages.count, "stages",
                "name one of windows and keys, and lexical beside keys")
            try require(
                !stages.contains(.lexical) || stages.contains(.keys), "stages",
                "lexical counts the words of all documents beforehand, so it goes with keys: an index, or --stages keys,lexical")
            try require(
                order == .tree || stages == [.windows], "stages", "fold reads windows: leave out --stages or --strategy fold")
        }
        try require(reranking.allSatisfy { $0.tokens > 0 }, "reranking", "a step reads more than 0 tokens")
        try require(
            zip(reranking, reranking.dropFirst()).allSatisfy { $0.tokens > $1.tokens }, "reranking",
            "each step reads fewer tokens than the one before")
        try require((1...4_096).contains(segmentation.longestPassage), "longestPassage", "take 1 to 4096 tokens")
        try require((64...(1 << 14)).contains(segmentation.longestSentence), "longestSentence", "take 64 to 16384 bytes")
        try require(
            segmentation.passageShareOfWindow > 0 && segmentation.passageShareOfWindow <= 1, "passageShareOfWindow",
            "take a share above 0, at most 1")
        try require(
            [lexical.floor, selection.leastShareOfBest, selection.keySentenceShare ?? 0, hops.leastShareOfBest]
                .allSatisfy { (0...1).contains($0) }
                && [hops.queryShareOfWindow, context.questionShare].allSatisfy { $0 > 0 && $0 <= 1 },
            "plan", "shares lie between 0 and 1")
        try require(
            lexical.saturation >= 0 && (0...1).contains(lexical.lengthWeight), "lexical",
            "saturation is 0 or more, lengthWeight between 0 and 1")
        try require((1...4).contains(context.windowMargin), "windowMargin", "take 1 to 4 windows")
    }
}
