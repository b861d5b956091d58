/// A question with its text and answers: a line of a data set in LongBench's form (Bai et al., arXiv 2308.14508).
public struct QuestionRecord: Sendable, Equatable, Decodable {
    /// Unique in the data set; nil in files that do not say.
    public var id: String?
    /// The data set's name; results are grouped by it.
    public var dataset: String?
    /// The question; empty where the data set itself says what is asked.
    public var question: String
    /// The text that holds the answer.
    public var context: String
    /// The accepted answers.
    public var answers: [String]
    /// The passages of `context` that the answer needs, where the data set says so: the one that holds it, as a string, or the
    /// list of all that are needed.
    public var gold: [String]
    /// All classes of a classification task.
    public var classes: [String]

    /// A question about a text of one's own.
    init(question: String, context: String, answers: [String]) {
        self.question = question
        self.context = context
        self.answers = answers
        gold = []
        classes = []
    }

    private enum CodingKeys: String, CodingKey {
        case id = "_id"
        case dataset
        case question = "input"
        case context, answers, gold
        case classes = "all_classes"
    }

    /// Reads a line's object; fields that are not listed are ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decodeIfPresent(String.self, forKey: .id)
        dataset = try container.decodeIfPresent(String.self, forKey: .dataset)
        question = try container.decode(String.self, forKey: .question)
        context = try container.decode(String.self, forKey: .context)
        answers = try container.decode([String].self, forKey: .answers)
        if let passage = try? container.decodeIfPresent(String.self, forKey: .gold) {
            gold = [passage]
        } else {
            gold = try container.decodeIfPresent([String].self, forKey: .gold) ?? []
        }
        // An empty string names no passage.
        gold.removeAll(where: \.isEmpty)
        classes = try container.decodeIfPresent([String].self, forKey: .classes) ?? []
        if LongBenchDataSet.named(dataset)?.isCode == true { splitCode() }
    }

    /// The last lines of code take the place of a question that is missing: what follows them is what is asked.
    private mutating func splitCode() {
        guard question.allSatisfy(\.isWhitespace) else { return }
        let lines = context.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        let own = min(20, lines.count / 2)
        question = own == 0 ? context : lines.suffix(own).joined(separator: "\n")
        if own > 0 { context = lines.dropLast(own).joined(separator: "\n") }
    }
}
