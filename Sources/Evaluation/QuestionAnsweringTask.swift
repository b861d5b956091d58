/// Questions about long texts, from a data set file.
public struct QuestionAnsweringTask: EvaluationTask {
    private let dataSet: QuestionDataSet

    /// A task over all questions of `dataSet`.
    public init(_ dataSet: QuestionDataSet) { self.dataSet = dataSet }

    /// `qa`
    public var name: String { "qa" }

    /// The data set's path.
    public var settings: [String: String] { ["data": dataSet.path] }

    /// Neighbouring questions about the same text make one case.
    public func cases() -> [EvaluationCase] {
        var cases: [EvaluationCase] = []
        var start = 0
        let entries = dataSet.entries
        while start < entries.count {
            let digest = entries[start].contextDigest
            let end = entries[start...].firstIndex { $0.contextDigest != digest } ?? entries.count
            cases.append(oneCase(Array(entries[start..<end])))
            start = end
        }
        return cases
    }

    private func oneCase(_ entries: [QuestionDataSet.Entry]) -> EvaluationCase {
        let questions = entries.map {
            EvaluationQuestion(id: $0.id, group: $0.group, text: $0.question, expected: $0.answers)
        }
        return EvaluationCase(questions: questions) { open, system in
            let wanted = Set(open.map(\.id))
            let records = try entries.filter { wanted.contains($0.id) }.map(dataSet.record)
            guard let context = records.first?.context else { return [] }
            let outputs = try await system.outputs(for: records.map(\.question), in: context)
            return zip(records, outputs).map { record, output in
                JudgedOutput(output: output, metrics: Self.metrics(of: output, for: record))
            }
        }
    }

    static func metrics(of output: SystemOutput, for record: QuestionRecord) -> [String: Double] {
        var metrics = [
            "answerRecall": EvidenceMetrics.answerRecall(
                evidence: output.evidence.map(\.text), answers: record.answers)
        ]
        let gold = record.gold.compactMap { EvidenceMetrics.byteRange(of: $0, in: record.context) }
        if !gold.isEmpty {
            let kept = output.evidence.map(\.byteRange)
            metrics["goldHit"] = gold.map { EvidenceMetrics.goldHit(evidence: kept, gold: $0) }.max()
        }
        if let answer = output.answer {
            metrics["exactMatch"] = AnswerMetrics.exactMatch(answer, accepted: record.answers)
            metrics["f1"] = AnswerMetrics.f1(answer, accepted: record.answers)
        }
        return metrics
    }
}
