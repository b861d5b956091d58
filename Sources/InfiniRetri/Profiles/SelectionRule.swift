extension RetrievalProfile.SelectionRule {
    /// What a passage or sentence is ranked by, from the scores of its tokens.
    package func score(of tokens: ArraySlice<Float>) -> Float {
        switch self {
        case .bestTokens: tokens.max() ?? 0
        case .bestUnits(let tokensPerUnit): Self.meanOfBest(tokensPerUnit, of: tokens)
        }
    }

    /// Mean of the `count` largest values; of all, where there are fewer, but never of less than a quarter of `count`,
    /// so that a heading of three words cannot win by its brevity.
    static func meanOfBest(_ count: Int, of values: ArraySlice<Float>) -> Float {
        let best = values.sorted(by: >).prefix(count)
        return best.reduce(0, +) / Float(max(best.count, (count + 3) / 4))
    }
}
