import Documents

extension RetrievalPlan {
    /// Checks the numbers that a plan might get wrong.
    /// - Throws: ``RetrievalError/invalidOption(name:reason:)``.
    package func validate() throws(RetrievalError) {
        func require(_ condition: Bool, _ name: String, _ reason: String) throws(RetrievalError) {
            if !condition { throw .invalidOption(name: name, reason: reason) }
        }
        try require(budget >= 16, "budget", "\(budget) tokens hold no sentence; take 16 or more")
        try require((window ?? 64) >= 64, "window", "\(window ?? 0) tokens are too few; take 64 or more")
        try require(
            hops.most >= 0 && (hops.most == 0 || order != .fold), "hops",
            "they are 0 or more, and not for fold, which carries evidence along as it reads")
        // What is multiplied or added up must stay far below what an Int holds.
        let most = 1 << 40
        let amounts =
            [budget, window ?? 0, selection.carriedTokens, selection.shorteningTokens] + reranking.map(\.tokens)
        try require(
            amounts.allSatisfy { (0...most).contains($0) }, "plan", "numbers of tokens lie between 0 and \(most)")
        try require(
            (1...64).contains(heldCandidates) && (1...64).contains(rounds.growthBehindKeys)
                && (0...1).contains(rounds.shareOfTextBehindKeys), "plan",
            "heldCandidates and growthBehindKeys are 1 to 64, shareOfTextBehindKeys 0 to 1")
        try require(
            segmentation.lines.narrowest >= 0 && (1...most).contains(segmentation.lines.widest), "lines",
            "narrowest is 0 or more, widest 1 or more bytes")
        if let stages {
            let finders = stages.filter { $0 != .lexical }
            try require(
                finders.count == 1 && Set(stages).count == stages.count, "stages",
                "name one of windows and keys, and lexical beside keys")
            try require(
                !stages.contains(.lexical) || stages.contains(.keys), "stages",
                "lexical counts the words of all documents beforehand, so it goes with keys: an index, or --stages keys,lexical"
            )
            try require(
                order == .tree || stages == [.windows], "stages",
                "fold reads windows: leave out --stages or --strategy fold")
        }
        try require(reranking.allSatisfy { $0.tokens > 0 }, "reranking", "a step reads more than 0 tokens")
        try require(
            zip(reranking, reranking.dropFirst()).allSatisfy { $0.tokens > $1.tokens }, "reranking",
            "each step reads fewer tokens than the one before")
        try require((1...4_096).contains(segmentation.longestPassage), "longestPassage", "take 1 to 4096 tokens")
        try require(
            (64...(1 << 14)).contains(segmentation.longestSentence), "longestSentence", "take 64 to 16384 bytes")
        try require(
            segmentation.passageShareOfWindow > 0 && segmentation.passageShareOfWindow <= 1, "passageShareOfWindow",
            "take a share above 0, at most 1")
        try require(
            [lexical.floor, selection.leastShareOfBest, selection.keySentenceShare, hops.leastShareOfBest]
                .allSatisfy { (0...1).contains($0) }
                && [hops.queryShareOfWindow, context.questionShare].allSatisfy { $0 > 0 && $0 <= 1 },
            "plan", "shares lie between 0 and 1")
        try require(
            lexical.saturation >= 0 && (0...1).contains(lexical.lengthWeight), "lexical",
            "saturation is 0 or more, lengthWeight between 0 and 1")
        try require((1...4).contains(context.windowMargin), "windowMargin", "take 1 to 4 windows")
    }
}
