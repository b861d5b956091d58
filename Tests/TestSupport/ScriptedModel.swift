import Tokenization
import Transformer

/// A model that says what it is told to: after n tokens the n-th token of its script.
package struct ScriptedModel: LanguageModel {
    package let name = "scripted"
    package let shape: ModelShape
    package let tokenizer: Tokenizer
    package let chatTemplate: ChatTemplate
    let script: [TokenID]

    /// - Parameter prompt: Number of tokens before the script begins.
    package init(_ script: [TokenID], prompt: Int, contextLength: Int = 1000) throws {
        let model = try TransformerModel.load(RandomModel { $0.contextLength = contextLength })
        shape = model.shape
        tokenizer = model.tokenizer
        chatTemplate = model.chatTemplate
        self.script = [TokenID](repeating: 0, count: prompt - 1) + script
    }

    package func makeCache() -> any KeyValueCache { Cache() }

    package func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        try sequences.map { sequence in
            guard let cache = sequence.cache as? Cache else { throw ForwardError.foreignCache }
            cache.count += sequence.request.tokens.count
            guard cache.count <= shape.contextLength else {
                throw ForwardError.contextExceeded(needed: cache.count, contextLength: shape.contextLength)
            }
            var logits = [Float](repeating: 0, count: shape.vocabulary)
            logits[Int(script[(cache.count - 1) % script.count])] = 1
            return ForwardResult(logits: [logits])
        }
    }

    private final class Cache: KeyValueCache {
        var count = 0
        let byteCount = 0

        func truncate(to count: Int) { self.count = min(self.count, count) }

        func fork() -> any KeyValueCache {
            let copy = Cache()
            copy.count = count
            return copy
        }
    }
}
