import Documents

/// BM25 over passages: how many of a question's rare words a passage shares.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf. Words are those of
/// ``LexicalTerms``, compared by their hashes. The product's lexical stage and the evaluation's baseline.
package struct BM25: Sendable {
    /// The number of each word of the questions, by its hash.
    private let numbers: [UInt64: Int]
    /// For each question the numbers of its words.
    private let words: [[Int]]
    /// For each word its inverse document frequency.
    private let weights: [Float]
    /// For each question the score that no passage can exceed.
    private let highest: [Float]
    /// Words of a passage, on average.
    private let meanLength: Float
    private let numbersOfFormula: RetrievalPlan.Lexical

    /// Counts in how many passages the words of the questions stand.
    /// - Parameter passages: Calls its argument with the text of every passage.
    package init(
        questions: [String], _ formula: RetrievalPlan.Lexical = .init(),
        passages: (_ count: (UnsafeRawBufferPointer) -> Void) -> Void
    ) {
        numbersOfFormula = formula
        var numbers: [UInt64: Int] = [:]
        words = questions.map { question in
            var own: Set<Int> = []
            Array(question.utf8).withUnsafeBytes { text in
                LexicalTerms.forEach(in: text) { word in
                    let number = numbers[word] ?? numbers.count
                    numbers[word] = number
                    own.insert(number)
                }
            }
            return own.sorted()
        }
        self.numbers = numbers
        var holders = [Int](repeating: 0, count: numbers.count)
        var (passageCount, length) = (0, 0)
        passages { text in
            Self.count(numbers, in: text) { counts, words in
                for word in holders.indices where counts[word] > 0 { holders[word] += 1 }
                passageCount += 1
                length += words
            }
        }
        let weights = holders.map { PassageFrequencies.inverseDocumentFrequency(holders: $0, passages: passageCount) }
        highest = words.map { $0.reduce(0) { $0 + weights[$1] } * (formula.saturation + 1) }
        self.weights = weights
        meanLength = Float(max(1, length)) / Float(max(1, passageCount))
    }

    /// A passage's score for each question over the highest that there could be: 0 where no word is shared, below 1 always.
    package func shares(of passage: UnsafeRawBufferPointer) -> [Float] {
        Self.count(numbers, in: passage) { counts, length in
            let (saturation, lengthWeight) = (numbersOfFormula.saturation, numbersOfFormula.lengthWeight)
            let norm = saturation * (1 - lengthWeight + lengthWeight * Float(length) / meanLength)
            return words.indices.map { question in
                var score: Float = 0
                for word in words[question] where counts[word] > 0 {
                    score += weights[word] * counts[word] * (saturation + 1) / (counts[word] + norm)
                }
                return score > 0 ? score / highest[question] : 0
            }
        }
    }

    /// Counts how often each of the questions' words stands in a text, and all its words.
    private static func count<Result>(
        _ numbers: [UInt64: Int], in text: UnsafeRawBufferPointer,
        _ body: (_ counts: UnsafeMutableBufferPointer<Float>, _ length: Int) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, numbers.count)) { counts in
            counts.initialize(repeating: 0)
            var length = 0
            LexicalTerms.forEach(in: text) { word in
                length += 1
                if let number = numbers[word] { counts[number] += 1 }
            }
            return body(counts, length)
        }
    }
}
