import Evaluation
import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// What retrieval finds must not fall without anybody noticing: real questions over real text with the default model.
///
/// The first thirty questions of the committed development set over one text of their passages and the two before and behind
/// each. Figures of the whole set: docs/results.
@Suite("Recall gate", .enabled(if: TestModels.smolLM2 != nil, "the default model is not here: make models"))
struct RecallGateTests {
    private static let questionCount = 30

    private struct Line: Decodable {
        var input: String
        var context: String
        var answers: [String]
        var gold: String
    }

    private static var data: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "data")
    }

    /// The questions, and the text: each passage once.
    private static func load() throws -> (lines: [Line], text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xz", "-dc", data.appending(path: "nq_haystack_dev.jsonl.xz").path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = try data.split(separator: 0x0A).prefix(questionCount).map {
            try JSONDecoder().decode(Line.self, from: $0)
        }
        var seen: Set<String> = []
        var passages: [String] = []
        for line in lines {
            let all = line.context.components(separatedBy: "\n\n")
            let place = try #require(all.firstIndex(of: line.gold))
            passages += all[max(0, place - 2)...min(all.count - 1, place + 2)].filter { seen.insert($0).inserted }
        }
        return (lines, passages.joined(separator: "\n\n"))
    }

    /// The least recall of each way is a question or two below what it was when this was written (28 November 2026).
    @Test(arguments: [("windows", 0.93), ("keys", 0.9)])
    func answersStandInTheEvidence(stage: String, least: Double) async throws {
        let (lines, text) = try Self.load()
        #expect(lines.count == Self.questionCount)
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        var plan = RetrievalPlan.standard
        plan.stages = [.init(rawValue: stage), .lexical]
        let retriever = try Retriever(model: model, plan: plan)
        var recall = 0.0
        var tokens = 0
        let documents = [Document.text(text, name: "passages")]
        for try await case .answer(let answer, let question) in retriever.ask(
            lines.map(\.input), of: documents, answering: nil)
        {
            recall += EvidenceMetrics.answerRecall(
                evidence: answer.evidence.map(\.text), answers: lines[question].answers)
            tokens += answer.usage.evidenceTokens
            #expect((1...400).contains(answer.usage.evidenceTokens))
        }
        recall /= Double(lines.count)
        #expect(recall >= least, "\(recall) with \(tokens / lines.count) tokens of evidence")
    }

    /// German, Chinese and Arabic questions, about short texts in these languages.
    @Test func otherLanguagesAreRead() async throws {
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        var plan = RetrievalPlan.standard
        plan.budget = 60
        let task = QuestionAnsweringTask(
            try QuestionDataSet(path: Self.data.appending(path: "languages.jsonl").path, limit: nil))
        let system = RetrieverSystem(try Retriever(model: model, plan: plan))
        let summary = try await EvaluationRunner(task: task, system: system).run()
        #expect(summary.questions == 15)
        #expect(summary.groups.keys.sorted() == ["ar", "de", "zh"])
        for (language, metrics) in summary.groups { #expect(metrics["answerRecall"] == 1, "\(language)") }
    }

    @Test(arguments: [("windows", 19), ("keys", 18)])
    func rowsOfATableAreFound(stage: String, least: Int) async throws {
        func lines(_ name: String) throws -> [String] {
            try String(contentsOf: Self.data.appending(path: "table/\(name)"), encoding: .utf8)
                .split(separator: "\n").map(String.init)
        }
        let (questions, rows) = (try lines("questions.txt"), try lines("rows.txt"))
        #expect(questions.count == 20 && rows.count == 20)
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        var plan = RetrievalPlan.standard
        plan.stages = [.init(rawValue: stage), .lexical]
        let documents = [Document.file(path: Self.data.appending(path: "table/people.csv").path)]
        var found = 0
        for try await case .answer(let answer, let question) in try Retriever(model: model, plan: plan).ask(
            questions, of: documents, answering: nil)
        {
            found += answer.evidence.contains { $0.text == rows[question] } ? 1 : 0
        }
        #expect(found >= least)
    }
}
