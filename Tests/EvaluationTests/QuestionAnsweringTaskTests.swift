import Evaluation
import Foundation
import TestSupport
import Testing

/// Keeps the first `count` bytes of the text as evidence; counts how often it is asked, and for what.
private actor FirstBytes: EvidenceSystem {
    nonisolated let settings = ["system": "first bytes"]
    let count: Int
    let answer: String?
    private(set) var passes: [[String]] = []

    init(count: Int, answer: String? = nil) {
        self.count = count
        self.answer = answer
    }

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        passes.append(questions.map(\.text))
        let text = String(decoding: context.utf8.prefix(count), as: UTF8.self)
        return questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: 0..<text.utf8.count, text: text)], evidenceTokens: 3, documentTokens: 100,
                processedTokens: 150, answer: answer, retrievalSeconds: 2, questionsInPass: questions.count)
        }
    }
}

@Suite("Question answering")
struct QuestionAnsweringTaskTests {
    private let folder: TemporaryFolder
    private let data: String

    init() throws {
        folder = try TemporaryFolder()
        data = try folder.write(
            """
            {"_id":"1","dataset":"x","input":"Who?","context":"Ann came. Bob left.","answers":["ann"],"gold":"Ann came.","length":4,"all_classes":null}
            {"_id":"2","dataset":"x","input":"Who left?","context":"Ann came. Bob left.","answers":["Bob"],"gold":["Bob left."]}

            {"_id":"3","dataset":"y","input":"What?","context":"Nothing at all.","answers":["nothing","zero"]}
            """, to: "questions.jsonl")
    }

    @Test func questionsAboutOneTextShareAPass() async throws {
        let system = FirstBytes(count: 9)
        let task = QuestionAnsweringTask(try QuestionDataSet(path: data))
        let summary = try await EvaluationRunner(task: task, system: system).run()
        #expect(await system.passes == [["Who?", "Who left?"], ["What?"]])
        #expect(summary.questions == 3)
        #expect(abs((summary.overall["answerRecall"] ?? -1) - 2.0 / 3.0) < 1e-12)
        #expect(summary.overall["goldHit"] == 0.5)
        #expect(summary.overall["evidenceTokens"] == 3)
        #expect(summary.overall["f1"] == nil)
        #expect(summary.groups["x"]?["answerRecall"] == 0.5)
        #expect(summary.groups["y"]?["answerRecall"] == 1)
        #expect(summary.groups["y"]?["goldHit"] == nil)
        // Two passes over 100 tokens in 2 seconds each.
        #expect(summary.documentTokensPerSecond == 50)
        #expect(
            summary.passes
                == .init(count: 2, documentTokens: 200, processedTokens: 300, processedPerDocumentToken: 1.5))
    }

    @Test func answersAreJudgedWhereThereAreAny() async throws {
        let task = QuestionAnsweringTask(try QuestionDataSet(path: data, limit: 1))
        let summary = try await EvaluationRunner(task: task, system: FirstBytes(count: 1, answer: "Ann Lee")).run()
        #expect(summary.questions == 1)
        #expect(summary.overall["exactMatch"] == 0)
        #expect(abs((summary.overall["f1"] ?? -1) - 2.0 / 3.0) < 1e-12)
        #expect(summary.overall["answerRecall"] == 0)
    }

    @Test func anInterruptedRunContinues() async throws {
        let out = folder.path("out")
        let task = QuestionAnsweringTask(try QuestionDataSet(path: data))
        let first = FirstBytes(count: 9)
        let runner = EvaluationRunner(task: task, system: first)
        let whole = try await runner.run(into: ResultFolder(path: out, settings: runner.settings))

        // As a run leaves it that is killed while it writes its second row.
        let rows = out + "/rows.jsonl"
        let lines = try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 3)
        try Data("\(lines[0])\n\(lines[1].prefix(20))".utf8).write(to: URL(fileURLWithPath: rows))

        let second = FirstBytes(count: 9)
        let again = EvaluationRunner(task: task, system: second)
        let resumed = try await again.run(into: ResultFolder(path: out, settings: again.settings))
        #expect(await second.passes == [["Who left?"], ["What?"]])
        #expect(resumed.overall == whole.overall)
        #expect(try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n").count == 3)
        #expect(FileManager.default.fileExists(atPath: out + "/summary.json"))
    }

    @Test func aFolderBelongsToItsSettings() throws {
        let out = folder.path("out")
        _ = try ResultFolder<EvaluationRow>(path: out, settings: ["budget": "400", "model": "m"])
        #expect(throws: EvaluationError.otherSettings(folder: out, names: ["budget"])) {
            try ResultFolder<EvaluationRow>(path: out, settings: ["budget": "200", "model": "m"])
        }
    }

    @Test("Rows of unknown settings are never added to", arguments: [nil, "", "{", "[1]", #"{"budget":400}"#])
    func unknownSettings(left: String?) throws {
        let out = folder.path("out")
        let settings = ["budget": "400"]
        let row = #"{"x":"1"}"#
        let rows = try folder.write(row + "\n", to: "out/rows.jsonl")
        if let left { _ = try folder.write(left, to: "out/settings.json") }
        let error = #expect(throws: EvaluationError.self) {
            try ResultFolder<[String: String]>(path: out, settings: settings)
        }
        guard case .unknownSettings = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains("settings.json") == true)
        #expect(error?.description.contains("--out") == true)
        // Nothing was touched.
        #expect(try String(contentsOfFile: rows, encoding: .utf8) == row + "\n")
        #expect(FileManager.default.fileExists(atPath: out + "/settings.json") == (left != nil))
    }

    @Test func aFolderWithoutRowsIsNew() throws {
        let out = folder.path("out")
        _ = try folder.write("", to: "out/rows.jsonl")
        _ = try ResultFolder<[String: String]>(path: out, settings: ["budget": "400"])
        let again = try ResultFolder<[String: String]>(path: out, settings: ["budget": "400"])
        #expect(again.rows.isEmpty)
    }

    @Test(
        "Errors name the line",
        arguments: [
            ("not json", "not a JSON object"),
            (#"{"input":"q","answers":["a"]}"#, "\"context\" is missing"),
            (#"{"input":"q","context":"c","answers":"a"}"#, "\"answers\" should be"),
            (#"{"input":" ","context":"c","answers":["a"]}"#, "\"input\" (the question) is empty"),
            (#"{"input":"q","context":"c","answers":[]}"#, "\"answers\" is empty"),
            (#"{"input":"q","context":"c","answers":["a"],"gold":"d"}"#, "\"gold\" does not stand"),
            (#"{"_id":"1","input":"q","context":"c","answers":["a"]}"#, "stands in line 1 already"),
        ])
    func malformedLines(line: String, reason: String) throws {
        let good = #"{"_id":"1","input":"q","context":"c","answers":["a"]}"#
        let path = try folder.write(good + "\n\n" + line + "\n", to: "bad.jsonl")
        let error = #expect(throws: EvaluationError.self) { try QuestionDataSet(path: path) }
        let message = error?.description ?? ""
        #expect(message.hasPrefix(path + ":3: "))
        #expect(message.contains(reason))
    }

    @Test func emptyAndMissingFiles() throws {
        let empty = try folder.write("\n", to: "empty.jsonl")
        #expect(throws: EvaluationError.empty(path: empty)) { try QuestionDataSet(path: empty) }
        #expect(throws: EvaluationError.self) { try QuestionDataSet(path: folder.path("missing.jsonl")) }
    }
}
