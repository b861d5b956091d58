import Foundation
import TestSupport
import Testing

@Suite("retrieve and ask", .enabled(if: TestModels.smolLM2 != nil, "needs the default model: infiniretri models pull"))
struct RetrieveTests {
    /// The JSON object of `ask` and `retrieve`.
    private struct Report: Decodable {
        struct Piece: Decodable {
            var document: String
            var byteRange: [Int]
            var line: Int
            var text: String
            var score: Double
        }

        struct Usage: Decodable {
            struct Seconds: Decodable {
                var load, tokenize, retrieve, generate: Double
            }

            var documentTokens, windows, processedTokens, evidenceTokens, generatedTokens: Int
            var seconds: Seconds
        }

        var question: String
        var answer: String?
        var evidence: [Piece]
        var usage: Usage
        var model: String
        var profile: String
    }

    private static let question = "Which bird stands on the roof of the old mill?"
    private static let answer = "A brass heron stands on the roof of the old mill."

    private let program = Program()
    private let folder: TemporaryFolder
    private let text: String
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        let paragraphs = (1...16).map { number in
            "Entry \(number). The ferry left the harbour at \(number) past eight. "
                + "Nobody on board spoke of the weather, and the captain wrote \(number * 7) in his book."
        }
        text = (paragraphs[..<11] + ["Überall Wind. " + Self.answer] + paragraphs[11...]).joined(separator: "\n\n")
        path = try folder.write(text, to: "notes/ferry.txt")
    }

    private func report(_ run: Program.Run) throws -> Report {
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.hasSuffix("}\n"))
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    }

    private func check(_ report: Report, document: String) throws {
        #expect(report.evidence.contains { $0.text.contains(Self.answer) })
        let bytes = Array(text.utf8)
        for piece in report.evidence {
            #expect(piece.document == document)
            let range = try #require(piece.byteRange.count == 2 ? piece.byteRange[0]..<piece.byteRange[1] : nil)
            #expect(String(decoding: bytes[range], as: UTF8.self) == piece.text)
            #expect(piece.line == bytes[..<range.lowerBound].count { $0 == 0x0A } + 1)
        }
        #expect(report.usage.evidenceTokens <= 100)
        #expect((400...1_000).contains(report.usage.documentTokens))
        #expect(report.usage.windows > 1)
    }

    @Test(arguments: ["tree", "fold"])
    func jsonEvidenceIsTraceable(strategy: String) throws {
        let run = try program.run([
            "retrieve", "--json", "--budget", "100", "--window", "256", "--strategy", strategy, path, Self.question,
        ])
        #expect(run.errors.isEmpty)
        let report = try report(run)
        try check(report, document: path)
        #expect(report.question == Self.question)
        #expect(report.answer == nil)
        #expect(run.output.contains(#""answer":null"#))
        #expect(report.usage.generatedTokens == 0)
    }

    @Test func aPlanFileIsUsedAndShown() throws {
        let plan = try folder.write(#"{"budget": 60, "window": 256, "reranking": []}"#, to: "plan.json")
        let run = try program.run(["retrieve", "--json", "--explain", "--plan", plan, path, Self.question])
        #expect(try report(run).usage.evidenceTokens <= 60)
        #expect(run.output.contains(#""budget":60"#) && run.output.contains(#""window":256"#))
        #expect(run.output.contains(#""stage":"windows + lexical""#) && run.output.contains(#""stage":"selection""#))
        let explained = try program.run(["retrieve", "--explain", "--plan", plan, path, Self.question])
        #expect(explained.errors.contains("windows") && explained.errors.contains(#""reranking":[]"#))
        let wrong = try folder.write(#"{"bugdet": 60}"#, to: "wrong.json")
        let refused = try program.run(["retrieve", "--plan", wrong, path, Self.question])
        #expect(refused.exitCode == 1 && refused.errorLines.count == 1 && refused.errors.contains("bugdet"))
    }

    /// A budget that no sentence fits into, and one at which likelihood and the cut used to be turned off.
    @Test func noBudgetIsACliff() throws {
        let unbroken = try folder.write(
            String(repeating: "the spare key hangs in the hall and ", count: 30), to: "key.txt")
        let key = try report(
            program.run(["ask", "--json", "--budget", "100", "--max-tokens", "2", unbroken, "Where is the spare key?"]))
        #expect(key.evidence.count == 1)
        #expect((1...100).contains(key.usage.evidenceTokens))
        let evidence = try ["990", "1000", "5000"].map { budget in
            try report(program.run(["retrieve", "--json", "--budget", budget, path, Self.question])).evidence.map(
                \.text)
        }
        #expect(evidence[0] == evidence[1] && evidence[1] == evidence[2])
    }

    @Test func standardInputIsADocument() throws {
        let run = try program.run(
            ["retrieve", "--json", "--budget", "100", "--window", "256", "-", Self.question], input: text)
        try check(report(run), document: "-")
    }

    @Test func evidenceForPeopleNamesThePlace() throws {
        let run = try program.run(["retrieve", "--budget", "100", folder.path("notes"), Self.question])
        #expect(run.exitCode == 0, "\(run.errors)")
        let place = try #require(text.range(of: "Überall"))
        let line = text[..<place.lowerBound].count { $0 == "\n" } + 1
        #expect(run.output.contains("\(path):\(line)  bytes "))
        #expect(run.output.contains("  Überall Wind. \(Self.answer)\n"))
    }

    @Test func evidenceCannotSpeakToTheTerminal() throws {
        let text = "The key is \u{1B}[31mred\u{1B}]0;title\u{7}.\tIt hangs\u{9B}2J\r\nin the hall.\n"
        let key = try folder.write(text, to: "key\u{1B}[7m.txt")
        let question = "Which colour is the key?"
        let run = try program.run(["retrieve", key, question])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("/key\u{FFFD}[7m.txt:1  bytes "))
        #expect(
            run.output.contains(
                "  The key is \u{FFFD}[31mred\u{FFFD}]0;title\u{FFFD}.\tIt hangs\u{FFFD}2J\n  in the hall.\n"))
        let exact = try report(program.run(["retrieve", "--json", key, question]))
        #expect(exact.evidence.map(\.document) == [key])
        #expect(exact.evidence.map(\.text).joined() == text.trimmingCharacters(in: .newlines))
    }

    @Test func askStreamsAnAnswerAndItsEvidence() throws {
        let arguments = ["ask", "--budget", "100", "--max-tokens", "8", path, Self.question]
        let report = try report(program.run(arguments + ["--json"]))
        let answer = try #require(report.answer)
        #expect(!answer.isEmpty)
        #expect((1...8).contains(report.usage.generatedTokens))
        let run = try program.run(arguments)
        #expect(run.exitCode == 0, "\(run.errors)")
        // The answer, the numbers of its sources, and the evidence with its numbers.
        #expect(run.output.hasPrefix("\(answer) ["))
        #expect(run.output.contains("]\n\nEvidence:\n[1] \(path):"))
        #expect(run.output.contains(Self.answer))
    }

    @Test func severalQuestionsInOnePass() throws {
        let questions = try folder.write(
            "\(Self.question)\n\nWhen did the ferry of entry 7 leave?\n", to: "questions.txt")
        let run = try program.run(["retrieve", "--json", "--budget", "100", "--questions", questions, path])
        #expect(run.exitCode == 0, "\(run.errors)")
        let reports = try run.output.split(separator: "\n").map {
            try JSONDecoder().decode(Report.self, from: Data($0.utf8))
        }
        #expect(reports.map(\.question) == [Self.question, "When did the ferry of entry 7 leave?"])
        #expect(reports[0].evidence.contains { $0.text.contains(Self.answer) })
    }

    @Test func anEmptyDocumentIsOneLine() throws {
        let empty = try folder.write("", to: "empty.txt")
        let run = try program.run(["retrieve", empty, Self.question])
        #expect(run.exitCode == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors == "infiniretri: there is no text to search: every document is empty\n")
    }

    @Test func aQuestionSetIsEvaluated() throws {
        struct Row: Encodable {
            var input, context, gold: String
            var answers: [String]
        }
        let row = Row(input: Self.question, context: text, gold: Self.answer, answers: ["brass heron"])
        let line = String(decoding: try JSONEncoder().encode(row), as: UTF8.self)
        let data = try folder.write(line + "\n", to: "set.jsonl")
        for baseline in [[], ["--baseline", "bm25"]] {
            let run = try program.run(["eval", "qa", "--data", data, "--budget", "100", "--json"] + baseline)
            #expect(run.exitCode == 0, "\(run.errors)")
            #expect(run.output.contains(#""answerRecall":1,"#))
            #expect(run.output.contains(#""goldHit":1"#))
            #expect(run.output.contains(#""questions":1"#))
        }
    }
}
