import Transformer

/// RULER's variable tracking: a chain of assignments hidden in noise, and all variables of one value are asked for. Only the
/// first assignment names the value; each other one names the variable before.
struct RulerVariableTracking: RulerKind {
    let name = "vt"
    let needsEssays = false
    private let hops = 4

    func problem(
        length: Int, source: RulerSource, using generator: inout SplitMix64
    ) throws(EvaluationError) -> RulerProblem {
        let example = example(using: &generator)
        let variables = Self.variables(hops + 1, letters: 5, using: &generator)
        let value = "\(Int.random(in: 10_000...99_999, using: &generator))"
        let chain = Self.chain(variables, value: value)
        let start = generator
        return RulerProblem(
            question: Self.question(value), expected: variables,
            prompt: AnswerPrompt(
                before: "\(example)\n\n\(Self.instruction)", behind: "\nQuestion: \(Self.question(value))",
                opening: Self.opening(value, variables), answerTokens: 30),
            context: {
                var generator = start
                return source.noise(length: length, hiding: chain, inOrder: true, using: &generator)
            })
    }

    private static let instruction =
        "Keep track of the chain of variable assignments that is hidden in the following text.\n\n"

    private static func question(_ value: String) -> String {
        "Find all variables that are assigned the value \(value) in the text above."
    }

    private static func opening(_ value: String, _ variables: [String]) -> String {
        "Answer: According to the chain of variable assignments in the text above, \(variables.count) variables are assigned "
            + "the value \(value), they are: "
    }

    private static func chain(_ variables: [String], value: String) -> [String] {
        ["VAR \(variables[0]) = \(value)"]
            + zip(variables.dropFirst(), variables).map { "VAR \($0) = VAR \($1)" }
    }

    /// A solved problem with shorter names in a little noise, which shows the model what is wanted.
    private func example(using generator: inout SplitMix64) -> String {
        let variables = Self.variables(hops + 1, letters: 3, using: &generator)
        let value = "\(Int.random(in: 10_000...99_999, using: &generator))"
        let text = RulerSource.lines(
            [String](repeating: RulerSource.noise, count: hops + 2), hiding: Self.chain(variables, value: value),
            using: &generator)
        return "\(Self.instruction)\(text)\nQuestion: \(Self.question(value)) \(Self.opening(value, variables))"
            + variables.joined(separator: " ")
    }

    private static func variables(_ count: Int, letters: Int, using generator: inout SplitMix64) -> [String] {
        var names: [String] = []
        while names.count < count {
            let name = RulerWords.letters(letters, using: &generator).uppercased()
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
