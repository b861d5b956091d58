import Transformer

/// RULER (Hsieh et al., arXiv 2404.06654): synthetic tasks of any length, made from a seed.
///
/// The tasks are those of RULER's own list, without the two that need data sets of questions (for these see
/// ``QuestionAnsweringTask``). `length` is the document's, where RULER counts prompt and answer too.
public struct RulerTask: EvaluationTask {
    private let kinds: [any RulerKind]
    private let lengths: [Int]
    private let samples: Int
    private let seed: UInt64
    private let source: RulerSource

    /// - Parameters:
    ///   - names: Names of tasks; `needles` stands for the eight needle tasks, `all` for all.
    ///   - lengths: Tokens of the documents.
    ///   - samples: Documents for each task and length.
    ///   - seed: The same seed gives the same documents.
    /// - Throws: `EvaluationError.invalidOption` for an unknown task, numbers that make no sense, or a task that needs essays
    ///   where there are none.
    public init(
        names: [String], lengths: [Int], samples: Int, seed: UInt64, source: RulerSource
    ) throws(EvaluationError) {
        var kinds: [any RulerKind] = []
        for name in names {
            let named = RulerKinds.all.filter { kind in
                kind.name == name || name == "all" || (name == "needles" && kind is RulerNeedles)
            }
            guard !named.isEmpty else {
                throw .invalidOption("there is no RULER task '\(name)'; take needles, all, or some of \(Self.listing)")
            }
            for kind in named where !kinds.contains(where: { $0.name == kind.name }) { kinds.append(kind) }
        }
        guard !kinds.isEmpty, !lengths.isEmpty, samples > 0 else {
            throw .invalidOption("RULER wants at least one task, one length and one sample")
        }
        guard lengths.allSatisfy({ $0 >= RulerSource.shortestLength }) else {
            throw .invalidOption("RULER's texts want \(RulerSource.shortestLength) tokens or more")
        }
        if source.essays == nil, let kind = kinds.first(where: { $0.needsEssays }) {
            throw .invalidOption(
                "the RULER task \(kind.name) hides its needles in essays; give a folder of .txt files with --haystack")
        }
        self.kinds = kinds
        self.lengths = lengths
        self.samples = samples
        self.seed = seed
        self.source = source
    }

    /// Names of all tasks.
    public static var listing: String { RulerKinds.all.map(\.name).joined(separator: ", ") }

    /// `ruler`
    public var name: String { "ruler" }
    /// What it is.
    public var title: String { "RULER" }
    /// The seed and the haystack; a folder of results may grow by further tasks, lengths and samples.
    public var settings: [String: String] { ["seed": "\(seed)", "haystack": source.name] }
    /// Tasks by lengths.
    public var grid: EvaluationGrid? { .init(rows: .group(title: "task"), columns: .parameter("length")) }

    /// One case for each sample.
    public func cases() throws -> [EvaluationCase] {
        try lengths.flatMap { length in
            try kinds.flatMap { kind in
                try (0..<samples).map { try oneCase(kind, length: length, sample: $0) }
            }
        }
    }

    private func oneCase(_ kind: any RulerKind, length: Int, sample: Int) throws -> EvaluationCase {
        let id = "\(kind.name)/\(length)/\(sample)"
        var generator = SplitMix64(seed: seed, for: id)
        let problem = try kind.problem(length: length, source: source, using: &generator)
        let question = EvaluationQuestion(
            id: id, group: kind.name, parameters: ["length": Double(length), "sample": Double(sample)],
            text: problem.question, expected: problem.expected)
        return EvaluationCase(questions: [question]) { _, system in
            let asked = AskedQuestion(problem.question, prompt: problem.prompt)
            return try await system.outputs(for: [asked], in: try problem.context()).map { output in
                JudgedOutput(output: output, metrics: Self.metrics(of: output, expected: problem.expected))
            }
        }
    }

    /// RULER's string match: the share of the expected texts that stand in the answer, letter case aside; and the same of the
    /// evidence.
    static func metrics(of output: SystemOutput, expected: [String]) -> [String: Double] {
        let evidence = output.evidence.map(\.text).joined(separator: " ")
        var metrics = ["evidenceRecall": share(of: expected, in: evidence)]
        if let answer = output.answer { metrics["stringMatch"] = share(of: expected, in: answer) }
        return metrics
    }

    private static func share(of expected: [String], in text: String) -> Double {
        let text = text.lowercased()
        return Double(expected.count { text.contains($0.lowercased()) }) / Double(max(1, expected.count))
    }
}
