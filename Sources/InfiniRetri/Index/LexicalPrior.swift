/// BM25 over the passages of an index: how many of a question's rare words a passage shares.
///
/// Stored keys were made without the question, and in very long texts the heads that meet them let too many passages into
/// the first round. Words that are rare in all these texts are what then tells passages apart.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf; k1 = 1.2, b = 0.75. Words are
/// those of ``LexicalTerms``, compared by their hashes.
package struct LexicalPrior: Sendable {
    private static let saturation: Float = 1.2
    private static let lengthWeight: Float = 0.75
    /// What remains of a passage's score where it shares no word: the attention may know better.
    private static let least: Float = 0.1

    /// The number of each word of the questions, by its hash.
    private let numbers: [UInt64: Int]
    /// For each question the numbers of its words.
    private let words: [[Int]]
    /// For each word its inverse document frequency.
    private var weights: [Float] = []
    /// For each question the score that no passage can exceed.
    private var highest: [Float] = []
    /// Words of a passage, on average.
    private var meanLength: Float = 1

    /// Counts in how many passages the words of the questions stand.
    /// - Parameter passages: Calls its argument with the text of every passage.
    package init(questions: [String], passages: (_ count: (UnsafeRawBufferPointer) -> Void) -> Void) {
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
            count(in: text) { counts, words in
                for word in holders.indices where counts[word] > 0 { holders[word] += 1 }
                passageCount += 1
                length += words
            }
        }
        let weights = holders.map { PassageFrequencies.inverseDocumentFrequency(holders: $0, passages: passageCount) }
        highest = words.map { $0.reduce(0) { $0 + weights[$1] } * (Self.saturation + 1) }
        self.weights = weights
        meanLength = Float(max(1, length)) / Float(max(1, passageCount))
    }

    /// Calls `body` with each question and what a passage's score for it is multiplied by.
    package func forEachFactor(in passage: UnsafeRawBufferPointer, _ body: (_ question: Int, _ factor: Float) -> Void) {
        forEachShare(in: passage) { body($0, Self.least + $1) }
    }

    /// Calls `body` with each question and a passage's BM25 score for it over the highest that there could be: 0 where no
    /// word is shared, below 1 always.
    package func forEachShare(in passage: UnsafeRawBufferPointer, _ body: (_ question: Int, _ share: Float) -> Void) {
        count(in: passage) { counts, length in
            let norm =
                Self.saturation * (1 - Self.lengthWeight + Self.lengthWeight * Float(length) / meanLength)
            for question in words.indices {
                var score: Float = 0
                for word in words[question] where counts[word] > 0 {
                    score += weights[word] * counts[word] * (Self.saturation + 1) / (counts[word] + norm)
                }
                body(question, score > 0 ? score / highest[question] : 0)
            }
        }
    }

    /// Counts how often each of the questions' words stands in a text, and all its words.
    private func count<Result>(
        in text: UnsafeRawBufferPointer, _ body: (_ counts: UnsafeMutableBufferPointer<Float>, _ length: Int) -> Result
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
