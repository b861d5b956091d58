import Evaluation
import Foundation
import FoundationXML
import TestSupport
import Testing
import Tokenization
import Transformer

/// Keeps the first bytes of a text as evidence; counts how often it is asked.
private actor Beginning: EvidenceSystem {
    nonisolated let settings: [String: String]
    private let bytes: Int
    private(set) var passes = 0

    init(bytes: Int) {
        settings = ["system": "beginning", "bytes": "\(bytes)"]
        self.bytes = bytes
    }

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        passes += 1
        let text = String(decoding: context.utf8.prefix(bytes), as: UTF8.self)
        return questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: 0..<text.utf8.count, text: text)], evidenceTokens: bytes,
                documentTokens: 100, retrievalSeconds: 3, questionsInPass: questions.count)
        }
    }
}

@Suite("Board run")
struct BoardRunTests {
    private let folder: TemporaryFolder
    private let tokenizer: Tokenizer
    private let manifest: BoardManifest

    init() throws {
        folder = try TemporaryFolder()
        let lines = ["Ann", "Bob", "Cid", "Dan"].enumerated().map { index, name in
            #"{"_id":"\#(index)","input":"Who?","context":"Ann. Bob. Cid. Dan.","answers":["\#(name)"],"gold":["\#(name).","Ann."]}"#
        }
        _ = try folder.write(lines.joined(separator: "\n"), to: "qa.jsonl")
        _ = try folder.write("name,room\nAnn,1\nBob,2\n", to: "people.csv")
        _ = try folder.write("Where is Ann?\nWhere is Bob?\n", to: "questions.txt")
        _ = try folder.write("Ann,1\nBob,2\n", to: "rows.txt")
        _ = try folder.write(
            """
            {"sets": [
                {"name": "names", "task": "qa", "file": "qa.jsonl", "budget": 100},
                {"name": "rooms", "task": "table", "file": "people.csv", "questions": "questions.txt", "rows": "rows.txt"}
            ]}
            """, to: "board.json")
        manifest = try BoardManifest(folder: folder.path(""), budget: 400)
        let file = try RandomModel().temporaryFile()
        tokenizer = try TransformerModel.load(path: file.path).tokenizer
    }

    private func run(_ systems: [BoardRun.System]) throws -> BoardRun {
        try BoardRun(manifest, tokenizer: tokenizer, circumstances: ["model": "m"]) { _ in systems }
    }

    private func row(_ id: String, _ metrics: [String: Double]) throws -> String {
        let row = EvaluationRow(
            id: id, group: "g", parameters: [:], question: "?", expected: ["a"],
            output: SystemOutput(evidence: [], evidenceTokens: 50, documentTokens: 100, retrievalSeconds: 0),
            metrics: metrics)
        return String(decoding: try JSONEncoder().encode(row), as: UTF8.self) + "\n"
    }

    @Test func everySetMeetsEverySystem() async throws {
        let board = try await run([.init("all", Beginning(bytes: 100)), .init("half", Beginning(bytes: 9))]).run()
        #expect(board.circumstances == ["model": "m"])
        #expect(board.sets.map(\.name) == ["names", "rooms"])
        #expect(board.sets.map(\.budget) == [100, 400])
        #expect(board.sets.map { $0.systems.map(\.system) } == [["all", "half"], ["all", "half"]])
        let names = board.sets[0].systems
        #expect(names.map { $0.summary.overall["answerRecall"] } == [1, 0.5])
        #expect(names.map { $0.summary.overall["goldAll"] } == [1, 0.5])
        // All four questions in a pass of three seconds.
        #expect(names.map(\.secondsPerQuestion) == [0.75, 0.75])
        #expect(names[0].difference == nil)
        // Several passages are needed: those are compared, not the answers.
        #expect(names[1].difference?.metric == "goldAll")
        #expect(names[1].difference?.mean == 0.5)
        #expect(names[1].difference?.questions == 4)
        let rooms = board.sets[1].systems
        // "name,room": no row within nine bytes.
        #expect(rooms.map { $0.summary.overall["answerRecall"] } == [1, 0])
        #expect(rooms[1].difference?.metric == "answerRecall")
        #expect(rooms[1].difference?.interval == [1, 1])
    }

    @Test func resultsAreKeptAndContinued() async throws {
        let out = folder.path("out")
        let board = try await run([.init("all", Beginning(bytes: 100)), .init("half", Beginning(bytes: 9))]).run(
            into: out)
        for file in [
            "summary.json", "report.html", "names/all/rows.jsonl", "names/half/summary.json", "rooms/all/report.html",
        ] {
            #expect(FileManager.default.fileExists(atPath: out + "/" + file), "\(file)")
        }
        let again = Beginning(bytes: 100)
        var steps: [BoardRun.Progress] = []
        let resumed = try await run([.init("all", again), .init("half", Beginning(bytes: 9))]).run(into: out) {
            steps.append($0)
        }
        #expect(await again.passes == 0)
        #expect(resumed.sets.map { $0.systems.map(\.summary) } == board.sets.map { $0.systems.map(\.summary) })
        #expect(
            steps.map { "\($0.set) \($0.system) \($0.finished) \($0.total)" }
                == ["names all 4 4", "names half 4 4", "rooms all 2 2", "rooms half 2 2"])
        await #expect(throws: EvaluationError.otherSettings(folder: out + "/names/all", names: ["bytes"])) {
            _ = try await run([.init("all", Beginning(bytes: 5))]).run(into: out)
        }
    }

    @Test func furtherFoldersBecomeRows() async throws {
        let rows = try row("2", ["goldAll": 0]) + row("3", ["goldAll": 1]) + row("other set", ["goldAll": 1])
        _ = try folder.write(rows + #"{"id":"cut off"#, to: "out/names/dense/rows.jsonl")
        _ = try folder.write(
            #"{"budget": "100", "texts": "separate", "more": "x"}"#, to: "out/names/dense/settings.json")
        _ = try folder.write("no results", to: "out/names/notes/read.me")
        let board = try await run([.init("all", Beginning(bytes: 100))]).run(into: folder.path("out"))
        #expect(board.sets.map { $0.systems.map(\.system) } == [["all", "dense"], ["all"]])
        let dense = board.sets[0].systems[1]
        // The row of another set does not count.
        #expect(dense.summary.questions == 2)
        #expect(dense.summary.overall["goldAll"] == 0.5)
        #expect(dense.secondsPerQuestion == nil)
        #expect(dense.difference?.mean == 0.5)
        #expect(dense.difference?.questions == 2)
    }

    @Test(
        "Results that do not fit are refused before anything is run",
        arguments: [
            (#"{"budget": "99"}"#, "{}", "with other settings (budget)"),
            (#"{"texts": "joined"}"#, "{}", "with other settings (texts)"),
            ("[]", "{}", "settings.json is not what an evaluation writes"),
            (#"{"budget": "100"}"#, "{}\n", "rows.jsonl:1: the field"),
        ])
    func outsideResultsThatDoNotFit(settings: String, rows: String, message: String) async throws {
        _ = try folder.write(rows, to: "out/names/dense/rows.jsonl")
        _ = try folder.write(settings, to: "out/names/dense/settings.json")
        let system = Beginning(bytes: 100)
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await run([.init("all", system)]).run(into: folder.path("out"))
        }
        #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
        #expect(await system.passes == 0)
    }

    @Test func theTableHasTheFigures() async throws {
        let board = try await run([.init("all", Beginning(bytes: 100)), .init("half", Beginning(bytes: 9))]).run()
        let names = BoardTable(board.sets[0])
        #expect(names.title == "names: qa, 100 tokens of evidence at most")
        #expect(
            names.columns == [
                "system", "questions", "goldAll", "goldHit", "goldMean", "answerRecall", "evidenceTokens",
                "seconds/question", "all - system, goldAll",
            ])
        #expect(
            names.rows.map { $0.map { $0?.value } } == [
                ["all", "4", "1.000", "1.000", "1.000", "1.000", "100", "0.750", nil],
                ["half", "4", "0.500", "1.000", "0.750", "0.500", "9", "0.750", "+0.500"],
            ])
        #expect(names.rows[1][3]?.interval == "1.00–1.00")
        #expect(names.rows[1][2]?.interval == "0.00–1.00")
        #expect(names.rows[1][8]?.interval == "+0.00 to +1.00")
        // One passage a question: no columns of several.
        #expect(
            BoardTable(board.sets[1]).columns == [
                "system", "questions", "answerRecall", "evidenceTokens", "seconds/question",
                "all - system, answerRecall",
            ])
    }

    @Test func theReportHoldsTheTables() async throws {
        let out = folder.path("out")
        _ = try folder.write(try row("0", ["goldAll": 0, "f1": 0.25]), to: "out/names/<b>dense/rows.jsonl")
        _ = try await run([.init("all", Beginning(bytes: 100))]).run(into: out)
        let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
        #expect(page.contains("&lt;b&gt;dense"))
        #expect(page.contains("<td class=\"number\">0.250 <span class=\"note\">0.25–0.25</span></td>"))
        #expect(page.contains("<h2>rooms</h2>"))
        let start = try #require(page.range(of: "<body>")).lowerBound
        let end = try #require(page.range(of: "</body>")).upperBound
        #expect(XMLParser(data: Data(page[start..<end].utf8)).parse())
        let summary = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: out + "/summary.json")))
        let sets = try #require((summary as? [String: Any])?["sets"] as? [[String: Any]])
        #expect(sets.map { $0["name"] as? String } == ["names", "rooms"])
    }
}
