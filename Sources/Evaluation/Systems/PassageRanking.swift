import InfiniRetri
import Transformer

/// A passage that a baseline finds worth keeping.
public struct RankedPassage: Sendable, Equatable {
    /// Its number in the order of reading.
    public var index: Int
    /// What it was ranked by; higher is better, comparable within one question.
    public var score: Float

    /// A passage with its score.
    public init(_ index: Int, score: Float) {
        self.index = index
        self.score = score
    }
}

/// An order of a text's passages for a question: what tells one ranked baseline from another.
public protocol PassageRanking: Sendable {
    /// The baseline's name.
    var name: String { get }
    /// What the order depends on beside passages and question.
    var settings: [String: String] { get }

    /// Ranks a text's passages for all its questions.
    /// - Returns: For each question the passages worth keeping, best first.
    func rankings(of passages: [String], for questions: [String]) -> [[RankedPassage]]
}

/// The lexical baseline: the product's own `BM25`, so that both mean the same by a word. Passages that share no word with the question are never kept.
public struct BM25Ranking: PassageRanking {
    /// `bm25`
    public let name = "bm25"
    /// Nothing.
    public let settings: [String: String] = [:]

    /// The ranking.
    public init() {}

    /// Ranks by BM25; equal scores in the order of reading.
    public func rankings(of passages: [String], for questions: [String]) -> [[RankedPassage]] {
        let text = PassageTexts(passages)
        return BM25(questions.map { LexicalQuery($0) }, over: text).scores(of: text).map { scores in
            let scores = scores.passages
            return scores.indices.filter { scores[$0] > 0 }.sorted { (scores[$1], $0) < (scores[$0], $1) }
                .map { RankedPassage($0, score: scores[$0]) }
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

    /// Shuffles; no passage has a score.
    public func rankings(of passages: [String], for questions: [String]) -> [[RankedPassage]] {
        questions.map { question in
            var generator = SplitMix64(seed: seed, for: question)
            return passages.indices.shuffled(using: &generator).map { RankedPassage($0, score: 0) }
        }
    }
}
