import InfiniRetri
import Tokenization

/// The lexical baseline: the best sentences of the context by BM25, as many as fit the budget, in document order.
public struct BM25System: EvidenceSystem {
    private let budget: Int
    private let tokenizer: Tokenizer

    /// Sentences are the retrieval core's own, and the budget counts the model's tokens, so that figures compare.
    public init(budget: Int, tokenizer: Tokenizer) {
        self.budget = budget
        self.tokenizer = tokenizer
    }

    /// The baseline's name and budget.
    public var settings: [String: String] { ["system": "bm25", "budget": "\(budget)"] }

    /// The sentences that are kept for each question.
    public func outputs(for questions: [String], in context: String) -> [SystemOutput] {
        let start = ContinuousClock.now
        var segmenter = SentenceSegmenter()
        let sentences = segmenter.push(context.utf8) + segmenter.finish()
        let texts = sentences.map(\.text)
        let tokenCounts = texts.map { tokenizer.encode($0).count }
        let ranking = BM25(passages: texts)
        let documentTokens = tokenCounts.reduce(0, +)
        let kept = questions.map { keep(ranking.scores(for: $0), tokenCounts: tokenCounts) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return kept.map { indices in
            SystemOutput(
                evidence: indices.map { .init(byteRange: sentences[$0].byteRange, text: texts[$0]) },
                evidenceTokens: indices.reduce(0) { $0 + tokenCounts[$1] }, documentTokens: documentTokens, answer: nil,
                retrievalSeconds: seconds, questionsInPass: questions.count)
        }
    }

    /// Best first; a sentence that does not fit any more is passed over. Sentences that share no word are never kept.
    private func keep(_ scores: [Double], tokenCounts: [Int]) -> [Int] {
        var left = budget
        var kept: [Int] = []
        for index in scores.indices.sorted(by: { (scores[$1], $0) < (scores[$0], $1) }) where scores[index] > 0 {
            if tokenCounts[index] <= left {
                left -= tokenCounts[index]
                kept.append(index)
            }
        }
        return kept.sorted()
    }
}
