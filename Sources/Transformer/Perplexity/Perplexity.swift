import Foundation
import Tokenization

/// How well a model predicts a text, token by token.
public struct Perplexity: Sendable, Hashable, Codable {
    /// Tokens that were predicted.
    public var tokens: Int
    /// The mean of their negative log-likelihoods, in nats.
    public var negativeLogLikelihood: Double

    /// exp of the mean negative log-likelihood.
    public var value: Double { exp(negativeLogLikelihood) }

    /// A result with the given values.
    public init(tokens: Int, negativeLogLikelihood: Double) {
        self.tokens = tokens
        self.negativeLogLikelihood = negativeLogLikelihood
    }
}

/// Why the perplexity of a text cannot be computed.
public enum PerplexityError: Error, Equatable, CustomStringConvertible {
    /// There is nothing to predict.
    case tooFewTokens(Int)
    /// Windows of this size cannot be used.
    case invalidWindow(size: Int, context: Int, contextLength: Int)

    /// One line for people: what is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .tooFewTokens(let count):
            "Perplexity needs two tokens or more and the text has \(count): give a longer text."
        case .invalidWindow(let size, let context, let contextLength):
            "Windows of \(size) tokens of which the first \(context) are not scored cannot be used: "
                + "take windows of 2 to \(contextLength) tokens that are longer than what is not scored."
        }
    }
}

extension LanguageModel {
    /// The perplexity of a text.
    ///
    /// The text is cut into windows that do not overlap. Within a window every token is predicted from all those before it;
    /// the first `context` tokens are given and not scored. With one window, and `context` 1, that is what transformers
    /// computes as the loss of a causal language model; with windows of 512 and `context` 256 llama.cpp's measure comes
    /// near. A last window that has nothing to score is left out.
    ///
    /// - Parameters:
    ///   - tokens: The text, with a beginning-of-text token if the model wants one.
    ///   - window: Tokens of a window; nil: the model's context length.
    ///   - context: Tokens at the beginning of a window that are not scored; at least 1.
    ///   - progress: Called with the number of tokens done after each piece of work.
    /// - Throws: ``PerplexityError``, ``ForwardError``, or `CancellationError`.
    public func perplexity(
        of tokens: [TokenID], window: Int? = nil, context: Int = 1, progress: (Int) -> Void = { _ in }
    ) throws -> Perplexity {
        let window = window ?? shape.contextLength
        guard window >= 2, window <= shape.contextLength, context >= 1, context < window else {
            throw PerplexityError.invalidWindow(size: window, context: context, contextLength: shape.contextLength)
        }
        if let id = tokens.first(where: { $0 < 0 || Int($0) >= shape.vocabulary }) {
            throw ForwardError.unknownToken(id: id, vocabulary: shape.vocabulary)
        }
        var total = 0.0
        var scored = 0
        let windows = stride(from: 0, to: tokens.count, by: window).map { $0..<min($0 + window, tokens.count) }
            .filter { $0.count > context }
        // Short windows go through the model together.
        let together = max(1, Self.packedTokens / window)
        for first in stride(from: 0, to: windows.count, by: together) {
            let pack = windows[first..<min(first + together, windows.count)]
            let results = try forward(
                pack.map { window in
                    // The last token is predicted only.
                    let predicted = (window.lowerBound + context..<window.upperBound).map {
                        NextToken(tokens[$0], behind: $0 - 1 - window.lowerBound)
                    }
                    let request = ForwardRequest(
                        tokens: Array(tokens[window.dropLast()]), outputs: .logProbabilities(predicted))
                    return SequenceRequest(request, cache: makeCache())
                })
            for result in results {
                total -= result.logProbabilities.reduce(0, +)
                scored += result.logProbabilities.count
            }
            progress(pack.last?.upperBound ?? 0)
        }
        guard scored > 0 else { throw PerplexityError.tooFewTokens(tokens.count) }
        return Perplexity(tokens: scored, negativeLogLikelihood: total / Double(scored))
    }

    private static var packedTokens: Int { 1024 }
}
