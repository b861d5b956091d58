import Passages
import Tokenization

/// How much each of a question's query tokens counts (step 5 of the paper): `token[j] = Σ_i weight[i] · P[i, j]`.
///
/// It learns from the documents: what is rare in them, and how the first window is attended to.
package final class QueryWeights {
    private let rule: RetrievalProfile.QueryWeightRule
    /// For each question its query tokens.
    private let queryTokens: [[TokenID]]
    private var frequencies: PassageFrequencies
    /// For each question the attention `u` that its query tokens paid to themselves in the first window.
    private var attentionToQuery: [[Float]]

    /// - Parameter vocabulary: Number of token ids.
    package init(_ rule: RetrievalProfile.QueryWeightRule, questions: [QuestionPrompt], vocabulary: Int) {
        self.rule = rule
        frequencies = PassageFrequencies(vocabulary: vocabulary)
        queryTokens = questions.map { Array($0.suffix[$0.queryTokens]) }
        attentionToQuery = questions.map { _ in [] }
    }

    /// Takes counts of all passages of a corpus, in place of its own.
    package func use(_ frequencies: @autoclosure () -> PassageFrequencies) {
        if rule == .rarity { self.frequencies = frequencies() }
    }

    /// Counts passages that are read for the first time.
    package func observe(_ passages: [Passage]) {
        guard rule == .rarity else { return }
        for passage in passages { frequencies.add(passage) }
    }

    /// Looks at what a window's attention says about the query tokens. Only a question's first window counts.
    package func observe(_ scores: AttentionScores, of question: Int) {
        if attentionToQuery[question].isEmpty { attentionToQuery[question] = scores.attentionToQuery }
    }

    /// The weight of each query token of a question, as far as is known by now.
    package func weights(of question: Int) -> [Float] {
        switch rule {
        case .uniform, .rarity: weights(of: queryTokens[question])
        case .attentionToQuery: attentionToQuery[question].map { $0 * $0 }
        }
    }

    /// The weights of tokens that are not a question's: all alike, unless rarity decides.
    func weights(of tokens: [TokenID]) -> [Float] {
        tokens.map { rule == .rarity ? frequencies.weight(of: $0) : 1 }
    }
}
