import Transformer

/// One of RULER's tasks. Adding one is adding a file, and a name in ``RulerKinds``.
protocol RulerKind: Sendable {
    /// RULER's name of it.
    var name: String { get }
    /// Whether its needles are hidden in essays.
    var needsEssays: Bool { get }

    /// Draws what is asked; the text is made later, from the generator as it then stands.
    /// - Parameter length: Tokens of the text at most.
    func problem(
        length: Int, source: RulerSource, using generator: inout SplitMix64
    ) throws(EvaluationError) -> RulerProblem
}

/// What one sample asks, what is expected, and how its text is made.
struct RulerProblem: Sendable {
    var question: String
    /// All of these make the whole answer.
    var expected: [String]
    var prompt: AnswerPrompt
    /// Makes the text; the same each time.
    var context: @Sendable () throws -> String
}
