import Passages

/// What a window's attention makes of its passages and their sentences (steps 4 to 6 of the paper).
package struct WindowScoring {
    /// By passage.
    package let passages: [Float]
    /// By passage and sentence.
    package let sentences: [[Float]]

    package init(
        _ window: Window, _ attention: AttentionScores, weights: [Float], rule: RetrievalProfile.SelectionRule
    ) {
        let tokens = attention.tokens(weights: weights)
        passages = window.extents.map { rule.score(of: tokens[$0]) }
        sentences = window.spans.map { spans in spans.map { rule.score(of: tokens[$0]) } }
    }

    /// The window's passages with their scores.
    package func scored(_ window: Window) -> [ScoredPassage] {
        window.passages.indices.map {
            ScoredPassage(passage: window.passages[$0], score: passages[$0], sentenceScores: sentences[$0])
        }
    }

    /// For each passage whether it holds one of the `count` tokens with the highest scores (step 6 of the paper, "retrieve"); of
    /// equal ones the later are taken first.
    package static func holdsBest(_ count: Int, of tokens: [Float], _ window: Window) -> [Bool] {
        let best = Set(tokens.indices.sorted { (tokens[$0], $0) > (tokens[$1], $1) }.prefix(count))
        return window.extents.map { $0.contains(where: best.contains) }
    }
}
