import Evaluation
import Foundation
import FoundationXML
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// `eval layers` and `analyze` on a tiny random model: what it sees means nothing, how it is counted does.
@Suite struct AttentionTests {
    private let folder: TemporaryFolder
    private let model: TransformerModel
    private let file: TemporaryFile
    private let data: QuestionDataSet

    init() throws {
        folder = try TemporaryFolder()
        file = try RandomModel { $0.layers = 3 }.temporaryFile()
        model = try TransformerModel.load(path: file.path)
        let paragraphs = (1...30).map { "Entry \($0) tells of ship \($0 * 7). It came home with \($0 * 13) crates." }
        struct Row: Encodable {
            var _id, input, context: String
            var answers: [String]
            var gold: String?
        }
        let context = paragraphs.joined(separator: "\n\n")
        let rows = [
            Row(
                _id: "a", input: "What did ship 84 bring?", context: context, answers: ["156 crates"],
                gold: paragraphs[11]),
            Row(_id: "b", input: "Which ship brought 13 crates?", context: context, answers: ["SHIP 7"], gold: nil),
            Row(_id: "c", input: "Who?", context: "Ann <b> came.\n\nBob left.", answers: ["Bob"], gold: nil),
        ]
        let lines = try rows.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        data = try QuestionDataSet(path: folder.write(lines.joined(separator: "\n") + "\n", to: "data.jsonl"))
    }

    private func evaluation() -> LayerEvaluation {
        LayerEvaluation(data, survey: AttentionSurvey(model: model, window: 200), circumstances: ["model": "m"])
    }

    private func isWellFormed(_ page: ReportPage) -> Bool {
        let body = page.html.markup
        guard let start = body.range(of: "<header>"), let end = body.range(of: "</body>") else { return false }
        return XMLParser(data: Data("<root>\(body[start.lowerBound..<end.lowerBound])</root>".utf8)).parse()
    }

    @Test(
        "An answer stands in the gold passage that has it",
        arguments: [
            (#"null"#, "one", 0..<3), (#""Two one.""#, "ONE", 14..<17), (#"["Two one.","One."]"#, "one", 14..<17),
            (#"["Three.","Two one."]"#, "one", 14..<17), (#"["Three.","One."]"#, "two", 20..<26),
            (#"null"#, "four", nil),
        ])
    func places(gold: String, answer: String, expected: Range<Int>?) throws {
        let line = #"{"input":"?","context":"One.\n\nßa.Two one.\n\nThree.","answers":["\#(answer)"],"gold":\#(gold)}"#
        let record = try JSONDecoder().decode(QuestionRecord.self, from: Data(line.utf8))
        #expect(AttentionSurvey.place(of: record) == expected)
    }

    @Test func layersAndHeadsAreRanked() async throws {
        let out = folder.path("out")
        let folder = try ResultFolder<AttentionReading>(path: out, settings: evaluation().settings)
        let summary = try await evaluation().run(into: folder)
        #expect(summary.questions == 3)
        let readings = folder.rows
        #expect(readings.map(\.id) == ["a", "b", "c"])
        for reading in readings {
            #expect(reading.layerRanks.count == 3)
            #expect(reading.headRanks.map(\.count) == [4, 4, 4])
            #expect(reading.headRanks.joined().allSatisfy { (1...reading.passages).contains($0) })
            #expect(reading.headShares.joined().allSatisfy { (0...1).contains($0) })
            #expect(reading.isCorrect == nil)
        }
        #expect(readings[2].passages == 2)
        #expect((3...20).contains(readings[0].passages))
        #expect(summary.overall.count == 4)
        let firsts = readings.map { $0.layerRanks[1] == 1 ? 1.0 : 0 }.reduce(0, +) / 3
        #expect(summary.overall["layer 1"] == firsts)
        #expect(summary.groups["layer 2"]?.count == 4)
        let chance = readings.map { 1 / Double($0.passages) }.reduce(0, +) / 3
        #expect(abs((summary.overall["chance"] ?? 0) - chance) < 1e-12)
        let report = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
        #expect(report.contains("Each head alone"))
    }

    @Test func anInterruptedRunContinues() async throws {
        let out = folder.path("again")
        let whole = try await evaluation().run(
            into: ResultFolder(path: out, settings: evaluation().settings))
        let rows = out + "/rows.jsonl"
        let lines = try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n")
        try Data("\(lines[0])\n\(lines[1].prefix(30))".utf8).write(to: URL(fileURLWithPath: rows))
        var counts: [Int] = []
        let resumed = try await evaluation().run(
            into: ResultFolder(path: out, settings: evaluation().settings)
        ) { finished, _ in counts.append(finished) }
        #expect(counts.first == 1)
        #expect(resumed == whole)
    }

    @Test func analysisCountsSharesAndDrawsMaps() async throws {
        var study = AttentionStudy(model: model, profile: .automatic(for: model.shape), window: 200, shownQuestions: 2)
        try await study.read(data, budget: 60, answerTokens: 4) { _, _ in }
        #expect(study.readings.count == 3)
        #expect(study.readings.allSatisfy { $0.isCorrect != nil })
        #expect(study.views.count == 2)
        for view in study.views {
            #expect(view.tokenValues.count == view.rows.count)
            #expect(view.tokenValues.allSatisfy { $0.count == view.tokens.count })
            #expect(view.passageValues.allSatisfy { $0.count == view.passages.count })
            #expect(view.passageValues.joined().max() == 1)
            #expect(!view.keptPassages.isEmpty)
        }
        let analysis = AttentionAnalysis(study.readings)
        #expect(analysis.layers.count == 3)
        let mean = study.readings.map { $0.headShares[1][2] }.reduce(0, +) / 3
        #expect(abs(analysis.heads[1][2].share - mean) < 1e-12)
        let report = AnalysisReport(analysis, readings: study.readings, views: study.views, model: "<m>")
        #expect(isWellFormed(report.page))
        #expect(report.page.html.markup.contains("class=\"mark\""))
    }

    @Test func anAnswerThatStandsNowhereIsRefused() async throws {
        var study = AttentionStudy(model: model, profile: .automatic(for: model.shape))
        await #expect(throws: EvaluationError.self) {
            try await study.read(
                question: "Who?", answer: "Nobody", in: "Ann came.", budget: 60, answerTokens: nil)
        }
    }

    @Test func correlationsAreThoseOfPearson() {
        #expect(AttentionAnalysis.correlation([1, 2, 3], [0, 0, 0]) == nil)
        #expect(AttentionAnalysis.correlation([1, 2], [0, 1]) == nil)
        #expect(abs((AttentionAnalysis.correlation([1, 2, 3], [2, 4, 6]) ?? 0) - 1) < 1e-12)
        #expect(abs((AttentionAnalysis.correlation([1, 2, 3, 4], [1, 0, 1, 0]) ?? 0) + 0.4472135955) < 1e-9)
    }
}
