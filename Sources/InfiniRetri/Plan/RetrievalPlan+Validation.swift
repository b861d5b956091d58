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
            (0...16).contains(hops.most) && (hops.most == 0 || hops.isAutomatic || order != .fold), "hops",
            "they are 0 to 16, and none for fold, which carries evidence along as it reads")
        // What is multiplied or added up must stay far below what an Int holds.
        let most = 1 << 40
        let amounts =
            [budget, longestContext, window ?? 0, selection.carriedTokens, selection.wholeTokens]
        try require(
            amounts.allSatisfy { (0...most).contains($0) }, "plan", "numbers of tokens lie between 0 and \(most)")
        // What the model reads one by one.
        let passages = [candidates, hops.candidates, hops.judged, hops.headTokens] + reranking.map(\.passages)
        try require(
            passages.allSatisfy { (1...1_024).contains($0) }, "plan", "numbers of passages lie between 1 and 1,024")
        try require(
            selection.wholePassages >= 0 && (0...1).contains(selection.leastShareOfBest)
                && selection.leastDeviation >= 0
                && hops.weights.leastDeviation >= 0, "plan",
            "wholePassages and deviations are 0 or more, leastShareOfBest is 0 to 1")
        try require(
            segmentation.lines.narrowest >= 0 && (1...most).contains(segmentation.lines.widest), "lines",
            "narrowest is 0 or more, widest 1 or more bytes")
        if let stages {
            try require(
                !stages.isEmpty && Set(stages).count == stages.count
                    && !(stages.contains(.windows) && stages.contains(.keys)), "stages",
                "name each once, and one of windows and keys: windows are read with the question, keys were made without it"
            )
            try require(
                order == .tree || stages == [.windows], "stages",
                "fold reads windows: leave out --stages or --strategy fold")
        }
        try require((1...4_096).contains(segmentation.longestPassage), "longestPassage", "take 1 to 4096 tokens")
        try require(
            (64...(1 << 14)).contains(segmentation.longestSentence), "longestSentence", "take 64 to 16384 bytes")
        try require(
            segmentation.passageShareOfWindow > 0 && segmentation.passageShareOfWindow <= 1, "passageShareOfWindow",
            "take a share above 0, at most 1")
        try require(
            context.questionShare > 0 && context.questionShare <= 1, "questionShare", "take a share above 0, at most 1")
        try require(
            lexical.saturation >= 0 && (0...1).contains(lexical.lengthWeight), "lexical",
            "saturation is 0 or more, lengthWeight between 0 and 1")
        try require(
            (0...1).contains(exhaustive.leastProbability) && (1...1_024).contains(exhaustive.passagesTogether)
                && exhaustive.patience >= 1 && (0...1_000).contains(exhaustive.slope), "exhaustive",
            "leastProbability is 0 to 1, passagesTogether 1 to 1024, patience 1 or more, slope 0 to 1000")
        try require(
            order == .tree || !exhaustive.isOn, "exhaustive", "fold keeps what the budget holds: leave it out")
        try require((0...1).contains(answers.leastProbability), "leastProbability", "take 0 to 1")
        try require(
            (0...1).contains(answers.leastSupport) && (0...1).contains(answers.leastRepeated)
                && (0.001...1).contains(answers.leastShareOfSource), "answers",
            "leastSupport and leastRepeated are 0 to 1, leastShareOfSource 0.001 to 1")
        try require(
            (1...256).contains(answers.longestSpan) && (1...4_096).contains(answers.spanStarts), "answers",
            "longestSpan is 1 to 256 tokens, spanStarts 1 to 4096 places")
        try require((1...4).contains(context.windowMargin), "windowMargin", "take 1 to 4 windows")
    }
}
