import Tokenization

/// How much each of a question's rows counts (step 5 of the paper): `token[j] = Σ_i weight[i] · P[i, j]`.
package struct QueryWeights: Sendable {
    private let rule: RetrievalProfile.QueryWeightRule
    /// For each question the tokens of its rows.
    private let queryTokens: [[TokenID]]
    private var frequencies: PassageFrequencies
    /// For each question the attention `u` that its rows paid to the rows themselves in the first window.
    private var attentionToQuery: [[Float]]

    /// - Parameter frequencies: Counts of what was read before; of nothing, where reading begins.
    package init(_ rule: RetrievalProfile.QueryWeightRule, questions: [QuestionPrompt], frequencies: PassageFrequencies) {
        self.rule = rule
        self.frequencies = frequencies
        queryTokens = questions.map { Array($0.suffix[$0.rows]) }
        attentionToQuery = questions.map { _ in [] }
    }

    /// Takes note of passages that are read for the first time.
    package mutating func observe(_ passages: [Passage]) {
        guard rule == .rarity else { return }
        for passage in passages { frequencies.add(passage) }
    }

    /// Takes note of what a window's attention says about the rows. Only a question's first window counts.
    package mutating func observe(_ scores: AttentionScores, of question: Int) {
        if attentionToQuery[question].isEmpty { attentionToQuery[question] = scores.attentionToQuery }
    }

    /// The weight of each row of a question, as far as is known by now.
    package func weights(of question: Int) -> [Float] {
        switch rule {
        case .uniform, .rarity: weights(of: queryTokens[question])
        case .attentionToQuery: attentionToQuery[question].map { $0 * $0 }
        }
    }

    /// The weights of rows that are not a question's: all alike, unless rarity decides.
    func weights(of tokens: [TokenID]) -> [Float] {
        tokens.map { rule == .rarity ? frequencies.weight(of: $0) : 1 }
    }
}
