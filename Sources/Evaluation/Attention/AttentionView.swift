import InfiniRetri
import Tokenization
import Transformer

/// The attention of one question to the window that holds its answer, by the heads of a profile: what a heat map shows.
public struct AttentionView: Sendable, Equatable {
    /// Tokens of the window that are shown: those around the passage that answers.
    private static let shownTokens = 240

    /// The question.
    public var question: String
    /// The question's tokens.
    public var rows: [String]
    /// The tokens shown, around the passage that answers.
    public var tokens: [String]
    /// For each row the attention to each token shown, as a share of the largest of all.
    public var tokenValues: [[Double]]
    /// The tokens shown that the profile keeps.
    public var keptTokens: [Range<Int>]
    /// The beginning of each passage of the window.
    public var passages: [String]
    /// For each row the attention to each passage, as a share of the largest of all.
    public var passageValues: [[Double]]
    /// The passages that the profile keeps, out of this window alone.
    public var keptPassages: [Int]

    /// - Parameters:
    ///   - seen: Of all heads of all layers, in their order.
    ///   - answering: Index of the passage that answers.
    ///   - budget: Evidence tokens.
    init(
        _ seen: WindowAttention, answering: Int, question: String, profile: RetrievalProfile, budget: Int,
        model: any LanguageModel
    ) throws {
        let tokenizer = model.tokenizer
        let heads = try profile.resolvedHeads(in: model.shape).map { $0.layer * model.shape.heads + $0.head }
        let window = seen.window
        let columns = seen.attention.probe.columns.count
        let attention = seen.weights.indices.map { row in
            (0..<columns).map { column in
                heads.reduce(0.0) { sum, head in
                    let values = seen.attention.row(head: head, row: row)
                    return sum + Double(values[values.startIndex + column])
                }
            }
        }
        self.question = question
        rows = tokenizer.encode(question).map { tokenizer.decode([$0]) }
        let extents = window.extents
        let scored = seen.scored(heads: heads, profile: profile)
        let kept = ScoredPassage.best(scored, tokens: budget, separator: tokenizer.encode("\n\n").count)
        keptPassages = window.passages.indices.filter { index in
            kept.contains { $0.passage.overlaps(window.passages[index]) }
        }
        passages = window.passages.map { String($0.text.prefix(40)) }
        passageValues = Self.scaled(attention.map { row in extents.map { row[$0].reduce(0, +) } })
        let center = (extents[answering].lowerBound + extents[answering].upperBound) / 2
        let first = max(0, min(center - Self.shownTokens / 2, columns - Self.shownTokens))
        let shown = first..<min(columns, first + Self.shownTokens)
        self.tokens = window.tokens[shown].map { tokenizer.decode([$0]) }
        tokenValues = Self.scaled(attention.map { Array($0[shown]) })
        keptTokens = keptPassages.map { extents[$0].clamped(to: shown) }.filter { !$0.isEmpty }
            .map { $0.lowerBound - first..<$0.upperBound - first }
    }

    private static func scaled(_ values: [[Double]]) -> [[Double]] {
        let largest = values.map { $0.max() ?? 0 }.max() ?? 0
        return largest > 0 ? values.map { $0.map { $0 / largest } } : values
    }
}
