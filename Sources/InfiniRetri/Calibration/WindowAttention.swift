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
        var summed = [Float](repeating: 0, count: attention.probe.columns.count)
        for head in heads {
            for (row, weight) in weights.enumerated() {
                attention.row(head: head, row: row).withUnsafeBufferPointer { values in
                    for column in summed.indices { summed[column] += weight * values[column] }
                }
            }
        }
        return summed
    }

    /// The scores of the window's passages by several heads together: what the profile makes of the tokens' scores.
    package func passageScores(heads: Range<Int>, profile: RetrievalProfile) -> [Float] {
        let tokens = AttentionScores.phraseScores(tokenScores(heads: heads)[...], width: profile.phraseWidth)
        return window.spans.map { profile.selection.score(of: tokens[Self.extent(of: $0)]) }
    }

    /// The share of the window's attention, by some heads, that falls on one passage; 0 where there is none at all.
    package func share(ofPassage passage: Int, heads: Range<Int>) -> Double {
        let tokens = tokenScores(heads: heads)
        let total = tokens.reduce(0, +)
        return total > 0 ? Double(tokens[Self.extent(of: window.spans[passage])].reduce(0, +) / total) : 0
    }

    /// The tokens of a passage whose sentences stand at `spans`.
    package static func extent(of spans: [Range<Int>]) -> Range<Int> {
        spans[0].lowerBound..<spans[spans.count - 1].upperBound
    }
}
