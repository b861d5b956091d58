import Inference
import Passages
import Tokenization
import Transformer

/// Puts questions to windows and keeps the attention of many heads apart, where ``ModelScorer`` sums those of a profile.
///
/// Not thread-safe: it holds the cache with the keys of the instruction prefix, which every window continues.
package final class HeadReader {
    /// The heads, in the order in which captures hold them.
    package let heads: [AttentionHead]
    private let prompts: [QuestionPrompt]
    private let passes: PrefixedPasses

    /// - Parameter layers: Number of layers that are read, from the first; nothing above them is computed.
    package init(model: any LanguageModel, prompts: [QuestionPrompt], layers: Int) {
        self.prompts = prompts
        let shape = model.shape
        let layers = max(1, min(layers, shape.layers))
        heads = (0..<layers).flatMap { layer in (0..<shape.heads).map { AttentionHead(layer: layer, head: $0) } }
        passes = PrefixedPasses(
            model: model, prefix: prompts.first?.prefix ?? [], depth: .keys(ofLayer: layers - 1))
    }

    /// Reads a window once, then every question behind it.
    ///
    /// - Parameter body: Takes a question's index and its attention: of all heads, from the question's rows, to the
    ///   window's tokens.
    package func read(_ window: Window, _ body: (Int, AttentionCapture) throws -> Void) throws {
        guard !prompts.isEmpty, !window.tokens.isEmpty else { return }
        try passes.hold([])
        let start = passes.cache.count
        try passes.run(window.tokens)
        let end = passes.cache.count
        let questions = prompts.map { prompt in
            let rows = end + prompt.queryTokens.lowerBound..<end + prompt.queryTokens.upperBound
            return PrefixedPasses.Continuation(
                prompt.suffix, probe: AttentionProbe(heads: heads, rows: rows, columns: start..<end))
        }
        try passes.run(questions) { index, result in
            if let capture = result.attention { try body(index, capture) }
        }
    }
}
