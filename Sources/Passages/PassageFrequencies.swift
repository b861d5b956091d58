import Foundation
import Tokenization

/// In how many passages each token stands: what makes a word of the question rare or common in these documents.
package struct PassageFrequencies: Sendable {
    /// Passages counted.
    package private(set) var passageCount = 0
    /// For each token id the number of passages that hold it.
    private var counts: [Int32]
    /// For each token id the last passage that held it, counted from 1.
    private var lastHolder: [Int32]

    /// No passages yet.
    /// - Parameter vocabulary: Number of token ids.
    package init(vocabulary: Int) {
        counts = [Int32](repeating: 0, count: vocabulary)
        lastHolder = counts
    }

    /// Counts one more passage.
    package mutating func add(_ passage: Passage) { add(passage.sentences.lazy.flatMap(\.tokens)) }

    /// Counts one more passage, given by its tokens, which must be ids of the vocabulary.
    package mutating func add(_ tokens: some Sequence<TokenID>) {
        passageCount += 1
        let holder = Int32(truncatingIfNeeded: passageCount)
        for token in tokens where lastHolder[Int(token)] != holder {
            lastHolder[Int(token)] = holder
            counts[Int(token)] += 1
        }
    }

    /// The inverse document frequency of a token with passages as documents.
    package func weight(of token: TokenID) -> Float {
        Self.inverseDocumentFrequency(holders: Int(counts[Int(token)]), passages: passageCount)
    }

    /// `ln(1 + (N - n + 0.5) / (n + 0.5))`, as in Lucene's BM25, where `n` of `N` passages hold something.
    package static func inverseDocumentFrequency(holders: Int, passages: Int) -> Float {
        let holders = Float(holders)
        return log(1 + (Float(passages) - holders + 0.5) / (holders + 0.5))
    }
}
