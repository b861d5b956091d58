import Foundation
import Transformer

/// RULER's frequent words extraction: coded words whose frequencies fall with the square of their rank (a zeta distribution,
/// alpha = 2); the first rank is noise, and the three words behind it are asked for.
struct RulerFrequentWords: RulerKind {
    let name = "fwe"
    let needsEssays = false

    func problem(
        length: Int, source: RulerSource, using generator: inout SplitMix64
    ) throws(EvaluationError) -> RulerProblem {
        var words = ["..."]
        var seen: Set<String> = []
        while words.count < max(8, length / 50) {
            let word = RulerWords.letters(6, using: &generator)
            if seen.insert(word).inserted { words.append(word) }
        }
        let vocabulary = words
        let start = generator
        return RulerProblem(
            question: Self.question, expected: Array(words[1...3]),
            prompt: AnswerPrompt(
                before:
                    "Read the following coded text and count how often each coded word stands there. Find the three most "
                    + "frequent ones. ",
                behind: "\nQuestion: \(Self.question)",
                opening: "Answer: According to the coded text above, the three most frequently appeared words are:",
                answerTokens: 50),
            context: {
                func text(_ count: Int) -> String {
                    var generator = start
                    return Self.text(of: vocabulary, count: count, using: &generator)
                }
                return text(FittingSize.largest(in: 1...length, tokens: length) { source.tokens(of: text($0)) })
            })
    }

    private static let question =
        "Do not provide any explanation. Please ignore the dots '....'. What are the three most frequently appeared "
        + "words in the above coded text?"

    /// `count` words at most: the word of rank k stands `count / (k² ζ(2))` times, rounded down.
    private static func text(of words: [String], count: Int, using generator: inout SplitMix64) -> String {
        let zeta = Double.pi * Double.pi / 6
        var all: [String] = []
        for (index, word) in words.enumerated() {
            let rank = Double(index + 1)
            all += [String](repeating: word, count: Int(Double(count) / (rank * rank * zeta)))
        }
        return all.shuffled(using: &generator).joined(separator: " ")
    }
}
