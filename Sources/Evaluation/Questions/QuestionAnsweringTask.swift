/// Questions about long texts, from a data set file: each text read by itself, or all of them as one document.
public struct QuestionAnsweringTask: EvaluationTask {
    private let dataSet: QuestionDataSet
    private let isJoined: Bool
    private let padding: String?
    private let questionsPerPass: Int?

    /// A task over all questions of `dataSet`.
    /// - Parameters:
    ///   - joined: All texts make one document (``JoinedContexts``), and every question is asked of it.
    ///   - padding: A folder of texts that lengthen that document; of no use to separate ones.
    ///   - questionsPerPass: Questions that are asked in one pass over a text at most; nil is all of a text's.
    public init(_ dataSet: QuestionDataSet, joined: Bool = false, padding: String? = nil, questionsPerPass: Int? = nil)
    {
        self.dataSet = dataSet
        isJoined = joined
        self.padding = padding
        self.questionsPerPass = questionsPerPass
    }

    /// `qa`
    public var name: String { "qa" }
    /// What it is.
    public var title: String { "Questions about long texts" }

    /// The data set's path, and how its texts are read.
    public var settings: [String: String] {
        var settings = [
            "data": dataSet.path, "texts": isJoined ? "joined" : "separate",
            "questionsPerPass": questionsPerPass.map(String.init) ?? "all",
        ]
        settings["padding"] = padding
        return settings
    }

    /// Neighbouring questions about the same text make one case, up to the wanted number.
    public func cases() throws -> [EvaluationCase] {
        let joined = isJoined ? try JoinedContexts(of: dataSet, padding: padding) : nil
        return (isJoined ? [dataSet.entries[...]] : dataSet.texts).flatMap { entries in
            let length = questionsPerPass ?? entries.count
            return stride(from: entries.startIndex, to: entries.endIndex, by: length).map { start in
                oneCase(Array(entries[start...].prefix(length)), joined: joined)
            }
        }
    }

    private func oneCase(_ entries: [QuestionDataSet.Entry], joined: JoinedContexts?) -> EvaluationCase {
        let questions = entries.map {
            EvaluationQuestion(id: $0.id, group: $0.group, text: $0.question, expected: $0.answers)
        }
        return EvaluationCase(questions: questions) { open, system in
            let wanted = Set(open.map(\.id))
            var context = joined?.text
            let records = try entries.filter { wanted.contains($0.id) }.map { entry in
                var record = try dataSet.record(of: entry)
                // Every question brings the text along, which may be long: one is enough.
                context = context ?? record.context
                record.context = ""
                return record
            }
            guard let context else { return [] }
            // Passages that were joined lost what stood between them.
            let golds = records.map { record in
                record.gold.map { joined == nil ? [$0] : JoinedContexts.passages(of: $0) }.map { pieces in
                    pieces.compactMap { EvidenceMetrics.byteRange(of: $0, in: context) }
                }.filter { !$0.isEmpty }
            }
            let asked = zip(records, golds).map { record, golds in
                var question = Self.asked(record)
                question.gold = golds.flatMap(\.self)
                return question
            }
            let outputs = try await system.outputs(for: asked, in: context)
            return zip(zip(records, golds), outputs).map { asked, output in
                var metrics = Self.metrics(of: output, for: asked.0)
                metrics.merge(goldMetrics(of: output, places: asked.1)) { $1 }
                return JudgedOutput(output: output, metrics: metrics)
            }
        }
    }

    /// A record as it is put to a system: in LongBench's way where it is LongBench's, else in the product's.
    static func asked(_ record: QuestionRecord) -> AskedQuestion {
        LongBenchDataSet.named(record.dataset)?.asked(record.question) ?? AskedQuestion(record.question)
    }

    /// What the evidence and the answer are worth, wherever they come from.
    private static func metrics(of output: SystemOutput, for record: QuestionRecord) -> [String: Double] {
        let longBench = LongBenchDataSet.named(record.dataset)
        var metrics: [String: Double] = [:]
        if longBench?.isExtractive ?? true {
            metrics["answerRecall"] = EvidenceMetrics.answerRecall(
                evidence: output.evidence.map(\.text), answers: record.answers)
        }
        if let answer = output.answer {
            if let longBench {
                metrics["longBench"] = longBench.value(
                    of: answer, accepted: record.answers, classes: record.classes)
            } else {
                let line = AnswerMetrics.firstLine(of: answer)
                metrics["exactMatch"] = AnswerMetrics.exactMatch(line, accepted: record.answers)
                metrics["f1"] = AnswerMetrics.f1(line, accepted: record.answers)
                metrics["supported"] = output.supported
                metrics["contained"] = AnswerMetrics.containment(line, accepted: record.answers)
            }
        }
        return metrics
    }

    /// Which of the passages that are needed the evidence comes out of; nothing where the data set does not name them.
    /// - Parameter places: Each passage in the pieces that the text has of it.
    private func goldMetrics(of output: SystemOutput, places: [[Range<Int>]]) -> [String: Double] {
        if places.isEmpty { return [:] }
        let share = EvidenceMetrics.goldShare(evidence: output.evidence.compactMap(\.byteRange), golds: places)
        var metrics: [String: Double] = ["goldHit": share > 0 ? 1 : 0]
        // All questions of a data set have the same metrics; where each needs one passage, these would say the same again.
        if dataSet.needsSeveralPassages {
            metrics["goldAll"] = share == 1 ? 1 : 0
            metrics["goldMean"] = share
        }
        return metrics
    }
}
