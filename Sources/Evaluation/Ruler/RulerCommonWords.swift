import Transformer

/// RULER's common words extraction: a numbered list in which ten words stand thirty times and all others three times.
struct RulerCommonWords: RulerKind {
    let name = "cwe"
    let needsEssays = false
    private let commonCount = 10

    func problem(
        length: Int, source: RulerSource, using generator: inout SplitMix64
    ) throws(EvaluationError) -> RulerProblem {
        let words = RulerWords.list(atLeast: length < 4_096 ? length / 4 : length / 14, using: &generator)
        let common = Array(words.prefix(commonCount))
        // RULER's repetitions: fewer where there is little room.
        let repeats = length < 4_096 ? (common: 6, other: 1) : (common: 30, other: 3)
        let few = RulerWords.list(atLeast: 0, using: &generator).prefix(commonCount + 30)
        let example =
            Self.list(few, common: commonCount, repeats: length < 4_096 ? (3, 1) : (10, 3), using: &generator)
        let start = generator
        return RulerProblem(
            question: Self.question, expected: common,
            prompt: AnswerPrompt(
                before: "\(Self.instruction)\(example)\nQuestion: \(Self.question) \(Self.opening) "
                    + "\(Self.numbered(few.prefix(commonCount)))\n\n\(Self.instruction)",
                behind: "\nQuestion: \(Self.question)", opening: Self.opening, answerTokens: 120),
            context: { [commonCount] in
                func text(_ count: Int) -> String {
                    var generator = start
                    return Self.list(words.prefix(count), common: commonCount, repeats: repeats, using: &generator)
                }
                let most = FittingSize.largest(in: commonCount...words.count, tokens: length) {
                    source.tokens(of: text($0))
                }
                return text(most)
            })
    }

    private static let instruction =
        "This is a numbered list of words, some of which stand there more often than others. Keep in mind which stand there "
        + "most often.\n"
    private static let question = "What are the 10 most common words in the above list?"
    private static let opening = "Answer: The top 10 words that appear most often in the list are:"

    private static func list(
        _ words: some Collection<String>, common: Int, repeats: (common: Int, other: Int),
        using generator: inout SplitMix64
    ) -> String {
        var all: [String] = []
        for word in words.prefix(common) { all += [String](repeating: word, count: repeats.common) }
        for word in words.dropFirst(common) { all += [String](repeating: word, count: repeats.other) }
        return numbered(all.shuffled(using: &generator))
    }

    private static func numbered(_ words: some Sequence<String>) -> String {
        words.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: " ")
    }
}
