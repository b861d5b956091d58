import Tokenization
import Transformer

extension LanguageModel {
    /// Generates an answer: at least one token, without the white space that stands before it.
    ///
    /// - Parameter report: Takes the text as it comes.
    /// - Returns: The whole text, and the number of tokens generated.
    /// - Throws: What generation throws; `CancellationError` when the task is cancelled.
    package func answer(
        _ input: [TokenID], options: GenerationOptions, report: (String) -> Void = { _ in }
    ) async throws -> (text: String, tokens: Int) {
        var options = options
        options.minTokens = max(1, options.minTokens)
        var text = ""
        var tokens = 0
        for try await event in generate(input, options: options) {
            switch event {
            case .text(let piece):
                let rest = text.isEmpty ? String(piece.drop(while: \.isWhitespace)) : piece
                guard !rest.isEmpty else { continue }
                text += rest
                report(rest)
            case .finished(let usage): tokens = usage.generatedTokens
            }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        return (text, tokens)
    }
}
