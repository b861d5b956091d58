import Transformer

/// An order of a text's passages for a question: what tells one ranked baseline from another.
public protocol PassageRanking: Sendable {
    /// The baseline's name.
    var name: String { get }
    /// What the order depends on beside passages and question.
    var settings: [String: String] { get }

    /// Takes in a text's passages once for all its questions.
    /// - Returns: A function that gives a question the indices of passages worth keeping, best first.
    func ranking(of passages: [String]) -> (_ question: String) -> [Int]
}

/// The lexical baseline. Passages that share no word with the question are never kept.
public struct BM25Ranking: PassageRanking {
    /// `bm25`
    public let name = "bm25"
    /// Nothing.
    public let settings: [String: String] = [:]

    /// The ranking.
    public init() {}

    /// Ranks by ``BM25``; equal scores in the order of reading.
    public func ranking(of passages: [String]) -> (_ question: String) -> [Int] {
        let bm25 = BM25(passages: passages)
        return { question in
            let scores = bm25.scores(for: question)
            return scores.indices.filter { scores[$0] > 0 }.sorted { (scores[$1], $0) < (scores[$0], $1) }
        }
    }
}

/// The floor: passages by chance, each question with an order of its own.
public struct RandomRanking: PassageRanking {
    private let seed: UInt64

    /// The same seed gives the same orders.
    public init(seed: UInt64) { self.seed = seed }

    /// `random`
    public let name = "random"
    /// The seed.
    public var settings: [String: String] { ["seed": "\(seed)"] }

    /// Shuffles.
    public func ranking(of passages: [String]) -> (_ question: String) -> [Int] {
        { question in
            var generator = SplitMix64(seed: seed, for: question)
            return Array(passages.indices).shuffled(using: &generator)
        }
    }
}
