import Passages

/// BM25: how many of a query's rare words a passage shares, and each of its sentences.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf. Words are those of
/// ``LexicalTerms``, compared by their hashes. The product's lexical stage and the evaluation's baseline.
package struct BM25: Sendable {
    /// The number of each word of the queries, by its hash.
    private let numbers: [UInt64: Int]
    /// For each word the queries that hold it.
    private let queries: [[Int]]
    private let queryCount: Int
    /// For each word whether it stands anywhere.
    private let isHeld: [Bool]
    private let passageUnit: Unit
    private let sentenceUnit: Unit
    private let formula: RetrievalPlan.Lexical

    /// What is known of all passages, or of all sentences.
    private struct Unit {
        /// For each word its inverse document frequency.
        var weights: [Float]
        /// Words of one, on average.
        var meanLength: Float

        init(_ counted: Counts) {
            weights = counted.holders.map {
                PassageFrequencies.inverseDocumentFrequency(holders: $0, passages: counted.count)
            }
            meanLength = Float(max(1, counted.length)) / Float(max(1, counted.count))
        }
    }

    private struct Counts {
        var holders: [Int]
        var count = 0
        var length = 0

        mutating func add(_ words: Occurrences) {
            for (word, _) in words.counts { holders[word] += 1 }
            count += 1
            length += words.length
        }
    }

    /// How often words of the queries stand in a text of so many words.
    private struct Occurrences {
        var counts: [(word: Int, count: Float)] = []
        var length = 0

        mutating func add(_ word: Int, _ count: Float = 1) {
            if let place = counts.firstIndex(where: { $0.word == word }) {
                counts[place].count += count
            } else {
                counts.append((word, count))
            }
        }

        mutating func add(_ other: Occurrences) {
            for (word, count) in other.counts { add(word, count) }
            length += other.length
        }
    }

    /// Counts in how many passages and sentences of a text the words of the queries stand.
    package init(_ queries: [LexicalQuery], _ formula: RetrievalPlan.Lexical = .init(), over text: some LexicalText) {
        self.formula = formula
        var numbers: [UInt64: Int] = [:]
        var holders: [[Int]] = []
        for (query, words) in queries.enumerated() {
            for word in words.words {
                let number = numbers[word] ?? holders.count
                if number == holders.count {
                    numbers[word] = number
                    holders.append([])
                }
                holders[number].append(query)
            }
        }
        self.numbers = numbers
        self.queries = holders
        queryCount = queries.count
        var passages = Counts(holders: holders.map { _ in 0 })
        var sentences = passages
        for passage in text.passages {
            let found = Self.occurrences(of: numbers, in: passage, of: text)
            passages.add(found.whole)
            for sentence in found.sentences { sentences.add(sentence) }
        }
        isHeld = passages.holders.map { $0 > 0 }
        passageUnit = Unit(passages)
        sentenceUnit = Unit(sentences)
    }

    /// The scores of all passages and sentences of the text for each query: 0 where no word is shared.
    package func scores(of text: some LexicalText) -> [LexicalScores] {
        var passages = [[Float]](repeating: [], count: queryCount)
        var sentences = passages
        for passage in text.passages {
            let found = Self.occurrences(of: numbers, in: passage, of: text)
            append(found.whole, passageUnit, to: &passages)
            for sentence in found.sentences { append(sentence, sentenceUnit, to: &sentences) }
        }
        return zip(passages, sentences).map { LexicalScores(passages: $0, sentences: $1) }
    }

    private func append(_ words: Occurrences, _ unit: Unit, to scores: inout [[Float]]) {
        for query in scores.indices { scores[query].append(0) }
        let share = 1 - formula.lengthWeight + formula.lengthWeight * Float(words.length) / unit.meanLength
        let norm = formula.saturation * share
        for (word, count) in words.counts {
            let score = unit.weights[word] * count * (formula.saturation + 1) / (count + norm)
            for query in queries[word] { scores[query][scores[query].count - 1] += score }
        }
    }

    /// The information in a query's words that none of some passages holds, in nats: the sum of their inverse document frequencies.
    /// Words that stand nowhere cannot be found, so they do not count.
    package func missing(from passages: [Int], of text: some LexicalText, query: Int = 0) -> Float {
        var words = Set(queries.indices.filter { queries[$0].contains(query) })
        for passage in passages {
            words.subtract(Self.occurrences(of: numbers, in: passage, of: text).whole.counts.map(\.word))
        }
        return words.sorted().reduce(0) { $0 + (isHeld[$1] ? passageUnit.weights[$1] : 0) }
    }

    /// The inverse document frequency of each word of the queries, by its hash: that of a word which stands nowhere is the highest.
    package var weights: [UInt64: Float] { numbers.mapValues { passageUnit.weights[$0] } }

    private static func occurrences(
        of numbers: [UInt64: Int], in passage: Int, of text: some LexicalText
    ) -> (whole: Occurrences, sentences: [Occurrences]) {
        var (whole, sentences) = (Occurrences(), [Occurrences]())
        text.forEachSentence(ofContextOf: passage) { bytes in
            LexicalTerms.forEach(in: bytes) { word in
                whole.length += 1
                if let number = numbers[word] { whole.add(number) }
            }
        }
        text.forEachSentence(of: passage) { bytes in
            var sentence = Occurrences()
            LexicalTerms.forEach(in: bytes) { word in
                sentence.length += 1
                if let number = numbers[word] { sentence.add(number) }
            }
            whole.add(sentence)
            sentences.append(sentence)
        }
        return (whole, sentences)
    }
}

/// Text that words are counted in.
package protocol LexicalText {
    /// The passages' numbers.
    var passages: Range<Int> { get }
    /// Calls `body` with the UTF-8 text of each sentence of a passage.
    func forEachSentence(of passage: Int, _ body: (UnsafeRawBufferPointer) -> Void)
    /// Calls `body` with the UTF-8 text of each sentence that a passage is read behind: its words count for the passage too, but for
    /// none of its sentences.
    func forEachSentence(ofContextOf passage: Int, _ body: (UnsafeRawBufferPointer) -> Void)
}

extension LexicalText {
    /// None.
    package func forEachSentence(ofContextOf passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {}
}

/// BM25 scores for one query.
package struct LexicalScores: Sendable {
    /// By passage.
    package var passages: [Float]
    /// By sentence.
    package var sentences: [Float]
}
