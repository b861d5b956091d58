import Evaluation
import Foundation
import TestSupport
import Testing

/// Keeps the second paragraph of a text as evidence.
private struct SecondParagraph: EvidenceSystem {
    let settings: [String: String] = [:]

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        let paragraphs = context.components(separatedBy: "\n\n")
        let start = paragraphs[0].utf8.count + 2
        return questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: start..<(start + paragraphs[1].utf8.count), text: paragraphs[1])],
                evidenceTokens: 1, documentTokens: 10, retrievalSeconds: 1, questionsInPass: questions.count)
        }
    }
}

@Suite("Passages that an answer needs")
struct GoldPassagesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func rows(of text: String, joined: Bool = false) async throws -> [EvaluationRow] {
        let data = try QuestionDataSet(path: folder.write(text, to: "data.jsonl"))
        var rows: [EvaluationRow] = []
        _ = try await EvaluationRunner(
            task: QuestionAnsweringTask(data, joined: joined), system: SecondParagraph()
        ).run { finished, _ in rows = finished }
        return rows
    }

    @Test("All are counted where a question needs several", arguments: [false, true])
    func severalPassages(joined: Bool) async throws {
        let rows = try await rows(
            of: """
                {"input":"1","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["two"],"gold":["One.","Two."]}
                {"input":"2","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["one"],"gold":["One.","Three."]}
                {"input":"3","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["two"],"gold":"Two."}
                {"input":"4","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["two"],"gold":["wo.\\n\\nThree.","Two.","O"]}
                {"input":"5","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["two"],"gold":["Two.","wo."]}
                {"input":"6","context":"One.\\n\\nTwo.\\n\\nThree.","answers":["two"],"gold":[]}
                """, joined: joined)
        // Of a passage over two paragraphs, one is enough.
        #expect(rows.map { $0.metrics["goldHit"] } == [1, 0, 1, 1, 1, nil])
        #expect(rows.map { $0.metrics["goldAll"] } == [0, 0, 1, 0, 1, nil])
        #expect(rows.map { $0.metrics["goldMean"] } == [0.5, 0, 1, 2.0 / 3.0, 1, nil])
        #expect(rows.map { $0.metrics["answerRecall"] } == [1, 0, 1, 1, 1, 1])
    }

    @Test func oneEachIsSaidOnce() async throws {
        let rows = try await rows(
            of: """
                {"input":"1","context":"One.\\n\\nTwo.","answers":["two"],"gold":"Two."}
                {"input":"2","context":"One.\\n\\nTwo.","answers":["one"],"gold":["","One."]}
                """)
        #expect(rows.map { $0.metrics["goldHit"] } == [1, 0])
        #expect(rows.allSatisfy { Set($0.metrics.keys) == ["answerRecall", "goldHit"] })
    }

    // The last one is canonically equal, but evidence is compared by bytes: it could never be hit.
    @Test(arguments: [#""Three.""#, #"["One.","Three."]"#, #""Cafe\u0301.""#])
    func everyPassageMustStandInTheText(gold: String) throws {
        let line = #"{"input":"1","context":"One. Two. Caf\u00e9.","answers":["a"],"gold":\#(gold)}"#
        let path = try folder.write(line, to: "bad.jsonl")
        let error = #expect(throws: EvaluationError.self) { try QuestionDataSet(path: path) }
        #expect(error?.description.contains("\"gold\" does not stand") == true)
    }

    @Test("The data sets of this repository are whole", arguments: ["nq_haystack_dev", "hotpotqa_joined_dev"])
    func shippedData(name: String) async throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../data/\(name).jsonl.xz"
        ).standardizedFileURL.path
        let isJoined = name == "hotpotqa_joined_dev"
        let task = QuestionAnsweringTask(try QuestionDataSet(path: path))
        let summary = try await EvaluationRunner(task: task, system: SecondParagraph()).run()
        #expect(summary.questions == 100)
        #expect(summary.passes.count == (isJoined ? 1 : 20))
        let golds: Set = isJoined ? ["goldHit", "goldAll", "goldMean"] : ["goldHit"]
        #expect(Set(summary.overall.keys) == golds.union(["answerRecall", "evidenceTokens"]))
    }
}
