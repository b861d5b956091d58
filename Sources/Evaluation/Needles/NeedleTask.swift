/// Needle in a haystack (Kamradt 2023; section 4.2 of arXiv 2502.12962): sentences are hidden at several depths of texts of
/// several lengths, and asked for.
public struct NeedleTask: EvaluationTask {
    /// A grid of lengths and depths.
    public struct Grid: Sendable {
        /// Tokens.
        public var lengths: [Int]
        /// 0...1.
        public var depths: [Double]

        /// A grid of the given sides.
        public init(lengths: [Int], depths: [Double]) {
            self.lengths = lengths
            self.depths = depths
        }

        /// One length, 8,192 tokens, at eleven depths.
        public static let standard = Grid(lengths: [8_192], depths: (0...10).map { Double($0) / 10 })
        /// The paper's: 32 lengths from 32,768 to 1,048,576 tokens, ten depths.
        public static let paper = Grid(lengths: (1...32).map { $0 * 32_768 }, depths: tenDepths)
        /// Every fourth length of the paper's.
        public static let coarse = Grid(lengths: (1...8).map { $0 * 131_072 }, depths: tenDepths)

        private static let tenDepths = (0...9).map { Double($0) / 9 }
    }

    private let haystack: Haystack
    private let haystackName: String
    private let needles: NeedleSet
    private let points: Grid

    /// Needles at all points of a grid. With several, the first stands at the depth and the others at even steps from there
    /// to the end.
    /// - Throws: `EvaluationError.invalidOption` for an empty grid, a length that has no room for the first sentence of the
    ///   haystack or a depth outside 0...1; `.empty` for a haystack of no text.
    public init(
        haystack: Haystack, named haystackName: String, needles: NeedleSet = .paper, grid: Grid
    ) throws(EvaluationError) {
        guard !grid.lengths.isEmpty, grid.lengths.allSatisfy({ $0 > 0 }) else {
            throw .invalidOption("lengths are numbers of tokens above 0")
        }
        guard !grid.depths.isEmpty, grid.depths.allSatisfy({ (0...1).contains($0) }) else {
            throw .invalidOption("depths lie between 0 and 1")
        }
        // A needle that stands alone is always found: its figure would say nothing.
        guard let shortest = haystack.shortestLength else { throw .empty(path: haystackName) }
        if let short = grid.lengths.first(where: { $0 < shortest }) {
            throw .invalidOption(
                "a text of \(short) tokens ends before the first sentence of '\(haystackName)' does; "
                    + "lengths are \(shortest) tokens or more")
        }
        self.haystack = haystack
        self.haystackName = haystackName
        self.needles = needles
        points = grid
    }

    /// `nih`
    public var name: String { "nih" }
    /// What it is.
    public var title: String { "Needle in a haystack" }

    /// What is hidden where, without lengths and depths: a folder of results may grow by further ones.
    public var settings: [String: String] {
        [
            "haystack": haystackName, "needle": needles.sentences.joined(separator: "\n"),
            "question": needles.questions.map(\.text).joined(separator: "\n"),
            "expected": needles.questions.map { $0.answers.joined(separator: " & ") }.joined(separator: "\n"),
        ]
    }

    /// Depths by lengths.
    public var grid: EvaluationGrid? { .init(rows: .parameter("depth"), columns: .parameter("length")) }

    /// One case for each length and depth: all questions in one pass.
    public func cases() -> [EvaluationCase] {
        points.lengths.flatMap { length in points.depths.map { oneCase(length: length, depth: $0) } }
    }

    private func oneCase(length: Int, depth: Double) -> EvaluationCase {
        let questions = needles.questions.enumerated().map { index, question in
            EvaluationQuestion(
                id: "\(length)@\(depth)" + (needles.questions.count > 1 ? "#\(index + 1)" : ""), group: "\(length)",
                parameters: ["length": Double(length), "depth": depth], text: question.text, expected: question.answers)
        }
        return EvaluationCase(questions: questions) { open, system in
            let context = haystack.text(length: length, hiding: needles.hidden(from: depth))
            let outputs = try await system.outputs(for: open.map { AskedQuestion($0.text) }, in: context)
            return zip(open, outputs).map { question, output in
                JudgedOutput(output: output, metrics: metrics(of: output, expected: question.expected))
            }
        }
    }

    /// Only the whole answer counts, however many needles it needs.
    func metrics(of output: SystemOutput, expected: [String]) -> [String: Double] {
        let evidence = output.evidence.map(\.text)
        var metrics = [
            "retrieved": expected.map { EvidenceMetrics.answerRecall(evidence: evidence, answers: [$0]) }.min() ?? 0
        ]
        if let answer = output.answer {
            metrics["answered"] = expected.map { AnswerMetrics.containment(answer, accepted: [$0]) }.min()
            metrics["rouge1"] = Rouge.unigramF1(answer, reference: expected.joined(separator: " "))
        }
        return metrics
    }
}
