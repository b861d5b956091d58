/// What LongBench v1 says of one of its data sets (Bai et al., arXiv 2308.14508): what is asked, how long an answer may be and
/// how it is judged. The 21 data sets are listed in ``all``.
public struct LongBenchDataSet: Sendable {
    /// What kind of task a data set is.
    enum Kind: Sendable {
        /// A question, whose answer can be looked for in the evidence.
        case question
        /// A task about the whole text, with the question that the text is searched for: there is none in the data.
        case whole(question: String)
        /// Examples of a task, then one more to be done in the same way: the text goes on, without roles.
        case examples
        /// A passage is given, and the number of the paragraph it belongs to is asked for.
        case paragraph
        /// Code that is to be continued.
        case code
    }

    /// The data set's name, as it stands in its lines.
    public let name: String
    /// How answers are judged.
    public let metric: LongBenchMetric
    /// Tokens of an answer at most.
    public let answerTokens: Int
    let kind: Kind
    /// What stands before the text, and behind it; `{input}` is the question.
    let before: String
    let behind: String

    /// A question as it is asked: what the text is searched for, and the prompt around the evidence.
    func asked(_ question: String) -> AskedQuestion {
        AskedQuestion(
            searchText(for: question),
            prompt: AnswerPrompt(
                before: before, behind: behind.replacing("{input}", with: question),
                isConversation: isConversation, answerTokens: answerTokens))
    }

    /// The question, where there is one. A long passage is searched for by its first thousand characters and code by its
    /// last, next to which its continuation stands.
    private func searchText(for input: String) -> String {
        switch kind {
        case .whole(let question): question
        case .code: String(input.suffix(1_000))
        case .question, .examples, .paragraph: String(input.prefix(1_000))
        }
    }

    /// Whether a record may come without a question.
    var hasOwnQuestion: Bool {
        if case .whole = kind { true } else { false }
    }

    /// Whether the answer is a text that stands in the context.
    var isExtractive: Bool {
        if case .question = kind { true } else { false }
    }

    var isCode: Bool {
        if case .code = kind { true } else { false }
    }

    private var isConversation: Bool {
        switch kind {
        case .question, .whole, .paragraph: true
        case .examples, .code: false
        }
    }

    /// The metric's value of an answer.
    /// - Parameter classes: All classes of a classification task.
    func value(of answer: String, accepted: [String], classes: [String]) -> Double {
        // What a model writes behind the one line that is wanted is the next example.
        let isOneLine = if case .examples = kind { true } else { false }
        let judged = isOneLine ? LongBenchText.lines(of: answer).first ?? "" : answer
        return metric.value(judged, accepted: accepted, classes: classes)
    }

    /// The data set of this name; those of LongBench-E have the same names with `_e`.
    public static func named(_ name: String?) -> LongBenchDataSet? {
        guard let name else { return nil }
        return byName[name.hasSuffix("_e") ? String(name.dropLast(2)) : name]
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
