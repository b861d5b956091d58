import Evaluation
import TestSupport
import Testing

@Suite("Joined texts")
struct JoinedTests {
    private actor Whole: EvidenceSystem {
        nonisolated let settings: [String: String] = [:]
        private(set) var passes: [(questions: [String], context: String)] = []

        func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
            passes.append((questions.map(\.text), context))
            // The second passage, in whichever text it stands.
            let passages = context.components(separatedBy: "\n\n")
            let second = passages.dropFirst().first ?? ""
            let start = passages[0].utf8.count + 2
            return questions.map { _ in
                SystemOutput(
                    evidence: [.init(byteRange: start..<(start + second.utf8.count), text: second)], evidenceTokens: 1,
                    documentTokens: 100, processedTokens: 120, retrievalSeconds: 1, questionsInPass: questions.count)
            }
        }
    }

    private let folder: TemporaryFolder
    private let dataSet: QuestionDataSet

    init() throws {
        folder = try TemporaryFolder()
        let path = try folder.write(
            #"""
            {"_id":"1","input":"q1","context":"One a.\n\nTwo b.\r\n\r\n  Three c.\nThree d.  ","answers":["b"],"gold":"Two b."}
            {"_id":"2","input":"q2","context":"One a.\n\nTwo b.\r\n\r\n  Three c.\nThree d.  ","answers":["d"],"gold":"Two b.\r\n\r\n  Three c."}
            {"_id":"3","input":"q3","context":"Four e.\n \t\nTwo b.","answers":["e"],"gold":["Four e."]}
            """#, to: "data.jsonl")
        dataSet = try QuestionDataSet(path: path)
    }

    @Test func allTextsMakeOneDocument() async throws {
        let system = Whole()
        let task = QuestionAnsweringTask(dataSet, joined: true)
        var rows: [EvaluationRow] = []
        let summary = try await EvaluationRunner(task: task, system: system).run { finished, _ in rows = finished }
        let passes = await system.passes
        #expect(passes.map(\.questions) == [["q1", "q2", "q3"]])
        #expect(passes.map(\.context) == ["One a.\n\nTwo b.\n\nThree c.\nThree d.\n\nFour e."])
        #expect(rows.map { $0.metrics["answerRecall"] } == [1, 0, 0])
        #expect(rows.map { $0.metrics["goldHit"] } == [1, 1, 0])
        #expect(summary.passes.count == 1)
        #expect(abs(summary.passes.processedPerDocumentToken - 1.2) < 1e-9)
        #expect(task.settings["texts"] == "joined")
    }

    @Test func paddingStandsAround() async throws {
        _ = try folder.write("Before a.\n\nBefore b.", to: "padding/1.txt")
        _ = try folder.write("\nBehind.\n", to: "padding/2.txt")
        _ = try folder.write("No text.", to: "padding/3.md")
        let system = Whole()
        let task = QuestionAnsweringTask(dataSet, joined: true, padding: folder.path("padding"))
        _ = try await EvaluationRunner(task: task, system: system).run()
        let text = "Before a.\n\nBefore b.\n\nOne a.\n\nTwo b.\n\nThree c.\nThree d.\n\nFour e.\n\nBehind."
        #expect(await system.passes.map(\.context) == [text])
        #expect(task.settings["padding"] == folder.path("padding"))
        let none = QuestionAnsweringTask(dataSet, joined: true, padding: try TemporaryFolder().path(""))
        #expect(throws: EvaluationError.self) { try none.cases() }
    }

    @Test(arguments: [1, 2])
    func passesMayServeFewerQuestions(count: Int) async throws {
        let system = Whole()
        let task = QuestionAnsweringTask(dataSet, joined: true, questionsPerPass: count)
        let summary = try await EvaluationRunner(task: task, system: system).run()
        #expect(
            await system.passes.map(\.questions) == (count == 1 ? [["q1"], ["q2"], ["q3"]] : [["q1", "q2"], ["q3"]]))
        #expect(summary.passes.count == (count == 1 ? 3 : 2))
        #expect(summary.passes.documentTokens == summary.passes.count * 100)
    }

    @Test func separateTextsStaySeparate() async throws {
        let system = Whole()
        _ = try await EvaluationRunner(task: QuestionAnsweringTask(dataSet, questionsPerPass: 1), system: system).run()
        #expect(await system.passes.map(\.questions) == [["q1"], ["q2"], ["q3"]])
        #expect(await system.passes.last?.context == "Four e.\n \t\nTwo b.")
    }
}
