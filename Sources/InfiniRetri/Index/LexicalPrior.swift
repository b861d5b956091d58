import Foundation
import Tokenization

/// BM25 over the tokens of an index's passages: how many of a question's rare words a passage shares.
///
/// Stored keys were made without the question, and in very long texts the heads that meet them let too many passages into
/// the first round. Words that are rare in all these texts are what then tells passages apart.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf; k1 = 1.2, b = 0.75. Terms are
/// tokens, letter case and the space before them aside; tokens without letters or digits are none.
package struct LexicalPrior: Sendable {
    fileprivate static let saturation: Float = 1.2
    fileprivate static let lengthWeight: Float = 0.75

    /// For each token id the term that it stands for: the lowest id of the same letters; -1 for none.
    private let terms: [TokenID]
    private let frequencies: PassageFrequencies
    /// Tokens of a passage, on average.
    fileprivate let meanLength: Float

    /// Counts the terms of passages, which are given by their tokens.
    package init(passages: some Sequence<[TokenID]>, tokenizer: Tokenizer) {
        let vocabulary = tokenizer.vocabularySize
        var first: [String: TokenID] = [:]
        let terms = (0..<TokenID(vocabulary)).map { id -> TokenID in
            let text = tokenizer.decode([id]).lowercased()
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return -1 }
            let letters = text.trimmingCharacters(in: .whitespaces)
            if let known = first[letters] { return known }
            first[letters] = id
            return id
        }
        var frequencies = PassageFrequencies(vocabulary: vocabulary)
        var length = 0
        for passage in passages {
            length += passage.count
            frequencies.add(passage.lazy.compactMap { Self.term(of: $0, among: terms) })
        }
        self.terms = terms
        self.frequencies = frequencies
        meanLength = Float(max(1, length)) / Float(max(1, frequencies.passageCount))
    }

    /// What a passage shares with one question.
    package struct Query: Sendable {
        fileprivate let prior: LexicalPrior
        /// For each token id the number of the question's term that it stands for, counted from 1; 0 for none.
        fileprivate let numbers: [UInt16]
        /// The inverse document frequency of each term, by its number; that of 0 is not used.
        fileprivate let weights: [Float]
        /// The score that no passage can exceed.
        fileprivate let most: Float
    }

    /// Prepares a question, given by its tokens.
    package func query(_ question: some Sequence<TokenID>) -> Query {
        let asked = Set(question.compactMap { Self.term(of: $0, among: terms) }).sorted().prefix(Int(UInt16.max) - 1)
        let number = Dictionary(uniqueKeysWithValues: zip(asked, 1...))
        let weights = [0] + asked.map(frequencies.weight)
        return Query(
            prior: self, numbers: terms.map { UInt16(number[$0] ?? 0) }, weights: weights,
            most: weights.reduce(0, +) * (Self.saturation + 1))
    }

    /// A token's term. Nil too for a token that the vocabulary lacks, which can only come from a forged file.
    private static func term(of token: TokenID, among terms: [TokenID]) -> TokenID? {
        guard terms.indices.contains(Int(token)), terms[Int(token)] >= 0 else { return nil }
        return terms[Int(token)]
    }
}

extension LexicalPrior.Query {
    /// A passage's BM25 score over the highest that there could be: 0 where no term is shared, below 1 always.
    package func share(of passage: some Collection<TokenID>) -> Float {
        guard most > 0 else { return 0 }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: weights.count) { counts in
            counts.initialize(repeating: 0)
            for token in passage where numbers.indices.contains(Int(token)) { counts[Int(numbers[Int(token)])] += 1 }
            let length = Float(passage.count) / prior.meanLength
            let norm =
                LexicalPrior.saturation * (1 - LexicalPrior.lengthWeight + LexicalPrior.lengthWeight * length)
            var score: Float = 0
            for (term, weight) in weights.enumerated().dropFirst() where counts[term] > 0 {
                score += weight * counts[term] * (LexicalPrior.saturation + 1) / (counts[term] + norm)
            }
            return score / most
        }
    }
}
