import Foundation
import Inference
import Tokenization
import Transformer

/// Finds the words of the evidence that answer a question: a small model may know them and not be able to say them, but it can
/// point at them.
///
/// Of all stretches of the best passage that begin and end with a word it is the one that the model would most probably
/// write as its whole answer: `log p(words) + log p(end | words)`, where the end is that of the model's turn. The search is
/// exact, up to the plan's number of starts: stretches are read by the probability of their first token, which none of them can exceed,
/// until no other can be the best.
///
/// Not thread-safe: it holds the cache with the keys of the examples, which every question continues.
package final class ShortAnswerReader {
    /// Places where an answer may begin that go through the model together: more would be read in vain, fewer would not fill a pass.
    private static let startsTogether = 8

    private let model: any LanguageModel
    private let template: PromptTemplate
    private let plan: RetrievalPlan.Answers
    private let examples: [TokenID]
    private let passes: PrefixedPasses
    /// With a line end for an end, whole answers are told from their beginnings less well.
    private let end: TokenID?

    /// - Parameter template: Has the words around question and answer.
    package init(model: any LanguageModel, template: PromptTemplate, plan: RetrievalPlan.Answers = .init()) {
        let tokenizer = model.tokenizer
        self.model = model
        self.template = template
        self.plan = plan
        let beginning = tokenizer.beginning
        examples = beginning + tokenizer.encode(WorkedExamples(template).text)
        passes = PrefixedPasses(model: model, prefix: examples, depth: .whole)
        end = tokenizer.endOfText ?? tokenizer.encode("\n").last
    }

    /// The stretch of the best piece of evidence that answers best.
    ///
    /// Of the other pieces the model only reads. Of 100 natural questions 93 have their answer in the best piece and 4 in
    /// another: what all offer together is more often a wrong name of the right kind (docs/research/short-answers.md).
    /// - Parameter evidence: Best first. What the model's context does not hold is left out, from the end.
    /// - Returns: The stretch, nil where there is no word or no room; and the tokens that went through the model for it, those of the
    ///   examples included.
    package func answer(to question: String, from evidence: [Evidence]) throws -> (span: ShortAnswer?, tokens: Int) {
        let question = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let prompt = fitting(evidence, question: question) else { return (nil, 0) }
        try passes.hold([])
        let before = passes.tokenCount
        let span = try best(of: evidence[0], behind: prompt)
        return (span, examples.count + passes.tokenCount - before)
    }

    private func best(of evidence: Evidence, behind prompt: [TokenID]) throws -> ShortAnswer? {
        guard let end else { return nil }
        let logits = try passes.logits(behind: prompt)
        let total = Self.logSumExp(logits.map(Double.init))
        let starts = self.starts(in: evidence.text)
            .map { (span: $0, bound: Double(logits[Int($0.tokens[0])]) - total) }
            .sorted { $0.bound > $1.bound }
            .prefix(plan.spanStarts)
        var best: (range: Range<Int>, logProbability: Double)?
        var all: [Double] = []
        for batch in stride(from: 0, to: starts.count, by: Self.startsTogether) {
            let batch = starts[batch..<min(batch + Self.startsTogether, starts.count)].prefix {
                $0.bound > best?.logProbability ?? -.infinity
            }
            if batch.isEmpty { break }
            let continuations = batch.map { $0.span.continuation(behind: passes.cache.count, end: end) }
            try passes.run(continuations) { index, result in
                let (span, bound) = batch[batch.startIndex + index]
                let values = span.logProbabilities(first: bound, result.logProbabilities)
                for (found, value) in zip(span.spans, values) where value > best?.logProbability ?? -.infinity {
                    best = (found.range, value)
                }
                all += values
            }
        }
        return best.map {
            ShortAnswer($0.range, of: evidence, probability: exp($0.logProbability - Self.logSumExp(all)))
        }
    }

    private static func logSumExp(_ values: [Double]) -> Double {
        let largest = values.max() ?? 0
        return largest + log(values.reduce(0) { $0 + exp($1 - largest) })
    }

    /// What follows the examples, with as many of the pieces as the context holds; nil where it does not hold one.
    private func fitting(_ evidence: [Evidence], question: String) -> [TokenID]? {
        let room = model.shape.contextLength - examples.count - plan.longestSpan
        for count in stride(from: evidence.count, to: 0, by: -1) {
            let pieces = evidence.prefix(count).map(\.text)
            let tokens = model.tokenizer.encode(WorkedExamples(template).task(question, from: pieces))
            if tokens.count <= room { return tokens }
        }
        return nil
    }

    private func starts(in text: String) -> [SpanContinuation] {
        let bytes = Array(text.utf8)
        let words = WordBoundaries(text)
        return words.starts.compactMap { start in
            SpanContinuation(
                text: bytes, start: start, words: words, heading: template.answerHeading,
                longest: plan.longestSpan, tokenizer: model.tokenizer)
        }
    }
}
