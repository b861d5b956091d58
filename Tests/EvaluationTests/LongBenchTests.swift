import Evaluation
import Foundation
import TestSupport
import Testing

@Suite("LongBench")
struct LongBenchTests {
    /// Written by scripts/fixtures/longbench_metrics.py: what LongBench's own functions give.
    private struct Reference: Decodable {
        struct Value: Decodable {
            var metric, answer, accepted: String
            var value: Double
        }

        var classes: [String]
        var values: [Value]
    }

    private static let metrics: [String: LongBenchMetric] = [
        "questionAnswering": .questionAnswering, "chineseQuestionAnswering": .chineseQuestionAnswering, "rouge": .rouge,
        "chineseRouge": .chineseRouge, "classification": .classification, "paragraphNumber": .paragraphNumber,
        "count": .count, "codeSimilarity": .codeSimilarity,
    ]

    @Test func metricsAgreeWithLongBenchsOwn() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/longbench-metrics.json")
        let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
        #expect(Set(reference.values.map(\.metric)) == Set(Self.metrics.keys))
        for item in reference.values {
            let metric = try #require(Self.metrics[item.metric])
            let value = metric.value(item.answer, accepted: [item.accepted], classes: reference.classes)
            #expect(
                abs(value - item.value) < 1e-9,
                "\(item.metric) of \(item.answer.debugDescription), accepted \(item.accepted.debugDescription)")
        }
    }

    @Test func theBestAcceptedAnswerCounts() {
        #expect(LongBenchMetric.questionAnswering.value("Paris", accepted: ["Rome", "paris"]) == 1)
        #expect(LongBenchMetric.rouge.value("Paris", accepted: []) == 0)
    }

    @Test func allDataSetsAreKnown() {
        let names = [
            "narrativeqa", "qasper", "multifieldqa_en", "multifieldqa_zh", "hotpotqa", "2wikimqa", "musique",
            "dureader",
            "gov_report", "qmsum", "multi_news", "vcsum", "trec", "triviaqa", "samsum", "lsht", "passage_count",
            "passage_retrieval_en", "passage_retrieval_zh", "lcc", "repobench-p",
        ]
        #expect(Set(LongBenchDataSet.all.map(\.name)) == Set(names))
        #expect(LongBenchDataSet.named("qasper_e")?.name == "qasper")
        #expect(LongBenchDataSet.named("nq") == nil)
        #expect(LongBenchDataSet.named(nil) == nil)
    }

    /// Answers every question with a fixed text, and remembers how it was asked.
    private actor Answering: EvidenceSystem {
        nonisolated let settings: [String: String] = [:]
        let answer: String
        private(set) var asked: [AskedQuestion] = []
        private(set) var contexts: [String] = []

        init(_ answer: String) { self.answer = answer }

        func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
            asked += questions
            contexts.append(context)
            return questions.map { _ in
                SystemOutput(evidence: [], evidenceTokens: 0, documentTokens: 1, answer: answer, retrievalSeconds: 1)
            }
        }
    }

    private func run(_ line: String, answer: String) async throws -> (EvaluationSummary, Answering) {
        let folder = try TemporaryFolder()
        let path = try folder.write(line, to: "data.jsonl")
        let system = Answering(answer)
        let task = QuestionAnsweringTask(try QuestionDataSet(path: path))
        return (try await EvaluationRunner(task: task, system: system).run(), system)
    }

    @Test func aSummaryHasAQuestionOfItsOwn() async throws {
        let line =
            #"{"input":"","context":"A long report.","answers":["the report is long"],"dataset":"gov_report","language":"en","length":3,"all_classes":null,"_id":"1"}"#
        let (summary, system) = try await run(line, answer: "the report is long")
        let asked = try #require(await system.asked.first)
        #expect(asked.text.hasSuffix("?"))
        #expect(asked.prompt?.answerTokens == 512)
        #expect(asked.prompt?.isConversation == true)
        #expect((summary.overall["longBench"] ?? 0) > 0.99)
        #expect(summary.overall["answerRecall"] == nil)
        #expect(summary.overall["f1"] == nil)
    }

    @Test func onlyTheFirstLineOfAnExampleCounts() async throws {
        let line =
            #"{"input":"Question: When?\nType:","context":"Question: Where?\nType: City","answers":["Date"],"dataset":"trec","all_classes":["Date","City"],"_id":"1"}"#
        let (summary, system) = try await run(line, answer: "\n Date\nQuestion: Where?\nType: City")
        #expect(summary.overall["longBench"] == 1)
        let prompt = try #require(await system.asked.first?.prompt)
        #expect(!prompt.isConversation)
        #expect(prompt.behind == "\nQuestion: When?\nType:")
    }

    @Test func codeIsSearchedForByItsLastLines() async throws {
        let code = (1...50).map { "line \($0)\n" }.joined()
        struct Row: Encodable {
            var input = "", dataset = "lcc", answers = ["line 51"]
            var context: String
        }
        let line = String(decoding: try JSONEncoder().encode(Row(context: code)), as: UTF8.self)
        let (summary, system) = try await run(line, answer: "line 51\nline 52")
        #expect(summary.overall["longBench"] == 1)
        let asked = try #require(await system.asked.first)
        let context = try #require(await system.contexts.first)
        #expect(context.hasSuffix("line 31"))
        #expect(asked.text == (32...50).map { "line \($0)\n" }.joined())
        #expect(asked.prompt?.behind.hasSuffix("line 50\nNext line of code:\n") == true)
    }

    @Test func aQuestionIsMissedWhereThereShouldBeOne() async throws {
        await #expect(throws: EvaluationError.self) {
            try await run(#"{"input":"","context":"c","answers":["a"],"dataset":"hotpotqa"}"#, answer: "")
        }
    }

    @Test func chineseDataSets() async throws {
        let line =
            #"{"input":"他在哪里出生？","context":"他出生在北京。","answers":["北京"],"dataset":"multifieldqa_zh","language":"zh","_id":"1"}"#
        let (summary, system) = try await run(line, answer: "北京市。")
        #expect(abs((summary.overall["longBench"] ?? 0) - 0.8) < 1e-9)
        #expect(await system.asked.first?.prompt?.behind.contains("他在哪里出生？") == true)
    }
}
