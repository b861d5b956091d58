import Foundation

/// Okapi BM25 over the passages of one document: the lexical baseline.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), in Lucene's form: k1 = 1.2, b = 0.75,
/// idf = ln(1 + (N - n + 0.5) / (n + 0.5)). Words are runs of letters and digits in lower case; no stemming, no stop words.
public struct BM25: Sendable {
    private let counts: [[String: Int]]
    private let lengths: [Int]
    private let documentFrequency: [String: Int]
    private let meanLength: Double
    private let saturation = 1.2
    private let lengthWeight = 0.75

    /// Counts the words of the passages.
    public init(passages: [String]) {
        var counts: [[String: Int]] = []
        var lengths: [Int] = []
        var documentFrequency: [String: Int] = [:]
        for passage in passages {
            let words = LexicalWords.of(passage)
            var count: [String: Int] = [:]
            for word in words { count[word, default: 0] += 1 }
            for word in count.keys { documentFrequency[word, default: 0] += 1 }
            counts.append(count)
            lengths.append(words.count)
        }
        self.counts = counts
        self.lengths = lengths
        self.documentFrequency = documentFrequency
        meanLength = max(1, Double(lengths.reduce(0, +)) / Double(max(1, lengths.count)))
    }

    /// The score of each passage for `query`, in the order of the passages; 0 where no word is shared.
    public func scores(for query: String) -> [Double] {
        let terms = LexicalWords.of(query).compactMap { word in
            documentFrequency[word].map { (word: word, idf: inverseDocumentFrequency($0)) }
        }
        return counts.indices.map { index in
            let norm = saturation * (1 - lengthWeight + lengthWeight * Double(lengths[index]) / meanLength)
            return terms.reduce(0) { sum, term in
                let frequency = Double(counts[index][term.word] ?? 0)
                return sum + term.idf * frequency * (saturation + 1) / (frequency + norm)
            }
        }
    }

    private func inverseDocumentFrequency(_ documents: Int) -> Double {
        log(1 + (Double(counts.count - documents) + 0.5) / (Double(documents) + 0.5))
    }
}
