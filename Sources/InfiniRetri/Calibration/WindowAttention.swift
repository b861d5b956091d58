import Passages
import Transformer

/// What many heads see in one window for one question.
package struct WindowAttention {
    package let window: Window
    /// The attention of the question's rows to the window's tokens.
    package let attention: AttentionCapture
    /// How much each row counts.
    package let weights: [Float]

    /// For each token of the window the attention of several heads (indices into the capture's), its weighted rows summed.
    package func tokenScores(heads: some Sequence<Int>) -> [Float] {
        var scores = [Float](repeating: 0, count: attention.probe.columns.count)
        var summed = scores
        for (row, weight) in weights.enumerated() {
            attention.sum(heads: heads, row: row, into: &summed)
            for column in scores.indices { scores[column] += weight * summed[column] }
        }
        return scores
    }

    /// The scores of the window's passages by several heads together: what the profile makes of the tokens' scores.
    package func passageScores(heads: Range<Int>, profile: RetrievalProfile) -> [Float] {
        let tokens = phraseScores(heads: heads, profile: profile)
        return window.extents.map { profile.selection.score(of: tokens[$0]) }
    }

    /// The window's passages with their scores by several heads together.
    package func scored(heads: some Sequence<Int>, profile: RetrievalProfile) -> [ScoredPassage] {
        let tokens = phraseScores(heads: heads, profile: profile)
        return zip(window.passages, zip(window.spans, window.extents)).map { passage, places in
            ScoredPassage(
                passage: passage, score: profile.selection.score(of: tokens[places.1]),
                sentenceScores: places.0.map { profile.selection.score(of: tokens[$0]) })
        }
    }

    private func phraseScores(heads: some Sequence<Int>, profile: RetrievalProfile) -> [Float] {
        AttentionScores.phraseScores(tokenScores(heads: heads)[...], width: profile.phraseWidth)
    }

    /// The share of the window's attention, by some heads, that falls on one passage; 0 where there is none at all.
    package func share(ofPassage passage: Int, heads: Range<Int>) -> Double {
        let tokens = tokenScores(heads: heads)
        let total = tokens.reduce(0, +)
        return total > 0 ? Double(tokens[window.extents[passage]].reduce(0, +) / total) : 0
    }
}
