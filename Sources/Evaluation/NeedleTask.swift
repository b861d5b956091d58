/// Needle in a haystack (Kamradt 2023; section 4.2 of arXiv 2502.12962): a sentence is hidden at several depths of texts of
/// several lengths, and asked for.
public struct NeedleTask: EvaluationTask {
    /// What is hidden and asked.
    public struct Needle: Sendable {
        /// The sentence that is hidden.
        public var sentence: String
        /// The question that it answers.
        public var question: String
        /// The part of the sentence that is the answer.
        public var answer: String

        /// Makes a needle.
        public init(sentence: String, question: String, answer: String) {
            self.sentence = sentence
            self.question = question
            self.answer = answer
        }

        /// The needle of the paper.
        public static let paper = Needle(
            sentence: "The best thing to do in San Francisco is eat a sandwich and sit in Dolores Park on a sunny day.",
            question: "The best thing to do in San Francisco is: ",
            answer: "eat a sandwich and sit in Dolores Park")
    }

    private let haystack: Haystack
    private let haystackName: String
    private let needle: Needle
    private let lengths: [Int]
    private let depths: [Double]

    /// A grid of lengths (tokens) by depths (0...1).
    /// - Throws: `EvaluationError.invalidOption` for an empty grid, a length below 1 or a depth outside 0...1.
    public init(
        haystack: Haystack, named haystackName: String, needle: Needle = .paper, lengths: [Int], depths: [Double]
    ) throws(EvaluationError) {
        guard !lengths.isEmpty, lengths.allSatisfy({ $0 > 0 }) else {
            throw .invalidOption("lengths are numbers of tokens above 0")
        }
        guard !depths.isEmpty, depths.allSatisfy({ (0...1).contains($0) }) else {
            throw .invalidOption("depths lie between 0 and 1")
        }
        guard needle.sentence.contains(needle.answer), !needle.answer.isEmpty else {
            throw .invalidOption("the expected answer must be a part of the needle")
        }
        self.haystack = haystack
        self.haystackName = haystackName
        self.needle = needle
        self.lengths = lengths
        self.depths = depths
    }

    /// `nih`
    public var name: String { "nih" }

    /// What is hidden where, without lengths and depths: a folder of results may grow by further ones.
    public var settings: [String: String] {
        [
            "haystack": haystackName, "needle": needle.sentence, "question": needle.question, "expected": needle.answer,
        ]
    }

    /// One case for each length and depth.
    public func cases() -> [EvaluationCase] {
        lengths.flatMap { length in depths.map { oneCase(length: length, depth: $0) } }
    }

    private func oneCase(length: Int, depth: Double) -> EvaluationCase {
        let question = EvaluationQuestion(
            id: "\(length)@\(depth)", group: "\(length)", parameters: ["length": Double(length), "depth": depth],
            text: needle.question, expected: [needle.answer])
        return EvaluationCase(questions: [question]) { open, system in
            let context = haystack.text(length: length, hiding: needle.sentence, depth: depth)
            return try await system.outputs(for: open.map(\.text), in: context).map {
                JudgedOutput(output: $0, metrics: metrics(of: $0))
            }
        }
    }

    func metrics(of output: SystemOutput) -> [String: Double] {
        var metrics = [
            "retrieved": EvidenceMetrics.answerRecall(
                evidence: output.evidence.map(\.text), answers: [needle.answer])
        ]
        if let answer = output.answer {
            metrics["answered"] = AnswerMetrics.containment(answer, accepted: [needle.answer])
            metrics["rouge1"] = Rouge.unigramF1(answer, reference: needle.answer)
        }
        return metrics
    }
}
