import Passages
import Tokenization

/// How much attention a question pays to each token of its evidence, for people to see (`--token-scores`): the evidence is read once
/// more, by itself.
struct TokenScoring {
    private let context: RetrievalContext

    init(_ context: RetrievalContext) { self.context = context }

    /// For each passage, in the order of reading, its tokens.
    func scores(of passages: [Passage], for question: Int) throws -> [[TokenScore]] {
        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        let windows = Window.packing(passages, size: context.window, paragraphBreak: context.paragraphBreak)
        return try windows.flatMap { window in
            let attention = try context.scorer.attention(of: [asked], to: window)[0]
            let scores = attention.tokens(weights: context.weights.weights(of: question))
            return zip(window.passages, window.spans).map { passage, spans in
                zip(passage.sentences, spans).flatMap { self.tokens(of: $0, scores: scores[$1]) }
            }
        }
    }

    /// The tokens of a sentence. Those of the white space before it stand outside of it, and are not given.
    private func tokens(of sentence: TokenizedSentence, scores: ArraySlice<Float>) -> [TokenScore] {
        let lengths = sentence.tokens.map { context.tokenizer.bytes(of: $0).count }
        let range = sentence.sentence.textRange
        var end = range.upperBound - lengths.reduce(0, +)
        return zip(lengths, scores).compactMap { length, score in
            let start = end
            end += length
            let inside = max(start, range.lowerBound)..<max(end, range.lowerBound)
            return inside.isEmpty ? nil : TokenScore(textRange: inside, score: score)
        }
    }
}
