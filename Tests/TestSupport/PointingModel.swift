import Foundation
import Tokenization
import Transformer

/// A model that finds some answers behind a heading more probable than others, and knows nothing else: every other token is as
/// probable as the next.
package struct PointingModel: LanguageModel {
    package let name = "pointing"
    package let shape: ModelShape
    package let tokenizer: Tokenizer
    package let chatTemplate: ChatTemplate
    private let heading: [TokenID]
    private let answers: [(tokens: [TokenID], logit: Float)]

    /// - Parameter answers: What may follow the heading, and the logit of each of its tokens and of the end behind it; others
    ///   have 0.
    package init(
        _ answers: KeyValuePairs<String, Float>, behind heading: String = "Answer:", contextLength: Int = 4096
    ) throws {
        let model = try TransformerModel.load(RandomModel { $0.contextLength = contextLength })
        shape = model.shape
        tokenizer = model.tokenizer
        chatTemplate = model.chatTemplate
        self.heading = model.tokenizer.encode(heading)
        let end = tokenizer.endOfText.map { [$0] } ?? []
        self.answers = answers.map { [tokenizer] in (tokenizer.encode(" \($0.key)") + end, $0.value) }
    }

    package func makeCache() -> any KeyValueCache { Cache() }

    package func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        try sequences.map { sequence in
            guard let cache = sequence.cache as? Cache else { throw ForwardError.foreignCache }
            cache.tokens += sequence.request.tokens
            guard cache.count <= shape.contextLength else {
                throw ForwardError.contextExceeded(needed: cache.count, contextLength: shape.contextLength)
            }
            guard case .logProbabilities(let asked) = sequence.request.outputs else {
                return ForwardResult(logits: [logits(behind: cache.tokens)])
            }
            return ForwardResult(
                logProbabilities: asked.map { next in
                    let logits = logits(behind: Array(cache.tokens[...next.position]))
                    let total = logits.reduce(0) { $0 + exp(Double($1)) }
                    return Double(logits[Int(next.token)]) - log(total)
                })
        }
    }

    private func logits(behind tokens: [TokenID]) -> [Float] {
        var logits = [Float](repeating: 0, count: shape.vocabulary)
        for (answer, logit) in answers {
            for said in answer.indices where tokens.suffix(heading.count + said) == (heading + answer[..<said])[...] {
                logits[Int(answer[said])] = max(logit, logits[Int(answer[said])])
            }
        }
        return logits
    }

    private final class Cache: KeyValueCache {
        var tokens: [TokenID] = []
        var count: Int { tokens.count }
        let byteCount = 0

        func truncate(to count: Int) { tokens = Array(tokens.prefix(count)) }

        func fork() -> any KeyValueCache {
            let copy = Cache()
            copy.tokens = tokens
            return copy
        }
    }
}
