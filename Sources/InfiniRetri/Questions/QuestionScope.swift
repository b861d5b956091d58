import Inference
import Tokenization
import Transformer

/// Tells questions about a text as a whole (a summary, a count, its author) from questions about something that it says: no passage
/// answers the former, however well it fits.
///
/// The model itself tells: behind a list of such questions another one is more probable than behind a list of other questions. So no
/// words are looked for, and the question may be in any language that the model knows.
struct QuestionScope {
    private let model: any LanguageModel

    init(of model: any LanguageModel) { self.model = model }

    private static let aboutTheWhole = [
        "What is this text about?", "Summarize the document.", "How many chapters does the book have?",
        "Give me an overview of the main points.", "How often is the word \"river\" used?", "What are the key themes?",
        "List everything that happens.", "Who are the main characters?",
    ]
    private static let aboutSomething = [
        "What is the name of the harbour master's dog?", "Where was the treaty signed?",
        "How many people live in Oslo?", "When did the bridge open?", "Which drug lowers the fever?",
        "Who wrote the letter to Anna?", "Why did the pump fail?", "What does the tenant pay each month?",
    ]
    private static let item = "\n- "

    /// The information, in nats a token, that a question is like those about the whole text: above 0 more like them than like others.
    /// - Returns: As many as questions, minus infinity where the model's context does not hold the examples and each question; and the tokens
    ///   that went through the model for each.
    func information(about questions: [String]) throws -> (information: [Double], tokens: [Int]) {
        let item = model.tokenizer.encode(Self.item)
        let asked = questions.map(model.tokenizer.encode)
        func means(behind examples: [String]) throws -> (means: [Double], tokens: Int)? {
            let list = examples.map { Self.item.dropFirst() + $0 }.joined(separator: "\n")
            let prefix = model.tokenizer.beginning + model.tokenizer.encode(list)
            let longest = item.count + (asked.map(\.count).max() ?? 0)
            guard prefix.count + longest <= model.shape.contextLength else { return nil }
            let passes = PrefixedPasses(model: model, prefix: prefix, depth: .whole)
            try passes.hold([])
            var means: [Double] = []
            try passes.run(
                asked.map { tokens in
                    let first = prefix.count + item.count - 1
                    return .init(
                        item + tokens.dropLast(),
                        outputs: .logProbabilities(
                            tokens.enumerated().map { NextToken($0.element, behind: first + $0.offset) }))
                }
            ) { _, result in
                means.append(result.logProbabilities.reduce(0, +) / Double(max(1, result.logProbabilities.count)))
            }
            return (means, prefix.count)
        }
        guard let whole = try means(behind: Self.aboutTheWhole), let other = try means(behind: Self.aboutSomething)
        else {
            return (questions.map { _ in -.infinity }, questions.map { _ in 0 })
        }
        return (
            zip(whole.means, other.means).map(-),
            asked.map { whole.tokens + other.tokens + 2 * (item.count + $0.count - 1) }
        )
    }
}
