import InfiniRetri
import Tokenization

/// A baseline that ranks the passages of a text and keeps the best, as many as fit the budget, in the order of reading.
///
/// Passages and budget are counted exactly as the retriever counts its own, so that figures compare.
public struct RankedPassagesSystem: EvidenceSystem {
    private let ranking: any PassageRanking
    private let unit: PassageUnit
    private let budget: Int
    private let tokenizer: Tokenizer

    /// - Parameters:
    ///   - unit: What is ranked and kept as a whole.
    ///   - budget: Evidence tokens kept at most, those of paragraph breaks between them included.
    ///   - tokenizer: The model's own.
    public init(ranking: any PassageRanking, unit: PassageUnit, budget: Int, tokenizer: Tokenizer) {
        self.ranking = ranking
        self.unit = unit
        self.budget = budget
        self.tokenizer = tokenizer
    }

    /// The baseline's name, unit and budget.
    public var settings: [String: String] {
        ["system": ranking.name, "unit": unit.rawValue, "budget": "\(budget)"].merging(ranking.settings) { $1 }
    }

    /// The passages that are kept for each question.
    public func outputs(for questions: [AskedQuestion], in context: String) throws -> [SystemOutput] {
        let start = ContinuousClock.now
        let paragraphBreak = tokenizer.encode("\n\n")
        var passages: [Passage] = []
        var reader = PassageReader(
            [.text(context, name: "context")], unit: unit, tokenizer: tokenizer)
        while let passage = try reader.next() { passages.append(passage) }
        let orders = ranking.rankings(of: passages.map(\.text), for: questions.map(\.text))
        let keptForEach = orders.map { kept($0, of: passages, separator: paragraphBreak.count) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return keptForEach.map { kept in
            SystemOutput(
                evidence: kept.map { Evidence(passages[$0.index], score: $0.score) },
                evidenceTokens: Window(kept.map { passages[$0.index] }, paragraphBreak: paragraphBreak).tokens.count,
                documentTokens: reader.tokenCount, retrievalSeconds: seconds, questionsInPass: questions.count)
        }
    }

    /// Best first; a passage that does not fit any more is passed over.
    /// - Returns: What is kept, in the order of reading.
    private func kept(_ order: [RankedPassage], of passages: [Passage], separator: Int) -> [RankedPassage] {
        var left = budget
        var kept: [RankedPassage] = []
        for ranked in order where passages[ranked.index].tokenCount + separator <= left {
            left -= passages[ranked.index].tokenCount + separator
            kept.append(ranked)
        }
        return kept.sorted { $0.index < $1.index }
    }
}

extension Evidence {
    /// A passage that a baseline keeps.
    fileprivate init(_ passage: Passage, score: Float) {
        self.init(
            document: "context", byteRange: passage.source.byteRange, textRange: passage.textRange,
            line: passage.source.line, text: passage.text, score: score)
    }
}
