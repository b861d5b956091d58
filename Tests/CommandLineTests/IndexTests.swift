import Foundation
import TestSupport
import Testing

@Suite("index", .enabled(if: TestModels.smolLM2 != nil, "needs the default model: infiniretri models pull"))
struct IndexTests {
    private struct Report: Decodable {
        struct Piece: Decodable {
            var document: String
            var text: String
        }

        var question: String
        var evidence: [Piece]
    }

    private static let question = "Which bird stands on the roof of the old mill?"
    private static let answer = "A brass heron stands on the roof of the old mill."

    private let program = Program()
    private let folder: TemporaryFolder
    private let index: String

    init() throws {
        folder = try TemporaryFolder()
        index = folder.path("notes.iridx")
        for file in 1...3 {
            var paragraphs = (1...12).map { number in
                "Entry \(number) of book \(file). The ferry left the harbour at \(number) past eight. "
                    + "Nobody on board spoke of the weather, and the captain wrote \(number * 7) in his book."
            }
            if file == 2 { paragraphs.insert(Self.answer, at: 7) }
            _ = try folder.write(paragraphs.joined(separator: "\n\n"), to: "notes/\(file).txt")
        }
    }

    private func run(_ arguments: String...) throws -> Program.Run { try program.run(arguments) }

    private func evidence(_ arguments: [String]) throws -> [Report] {
        let run = try program.run(["retrieve", "--json", "--budget", "100", "--index", index] + arguments)
        #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errors)")
        return try run.output.split(separator: "\n").map { try JSONDecoder().decode(Report.self, from: Data($0.utf8)) }
    }

    @Test func buildAskAndChange() throws {
        let built = try run("index", "build", index, folder.path("notes"))
        #expect(built.exitCode == 0 && built.errors.isEmpty, "\(built.errors)")
        #expect(built.output.hasPrefix("3 documents added, 0 unchanged, 0 removed; "))
        #expect(built.output.contains("\(index): 3 documents, "))

        let found = try evidence([Self.question])
        #expect(found.first?.evidence.contains { $0.text.contains(Self.answer) } == true)
        #expect(found.first?.evidence.contains { $0.document == folder.path("notes/2.txt") } == true)
        let questions = try folder.write("\(Self.question)\nWhen did the ferry leave?\n", to: "questions.txt")
        let both = try evidence(["--questions", questions])
        #expect(both.map(\.question) == [Self.question, "When did the ferry leave?"])
        #expect(both.first?.evidence.map(\.text) == found.first?.evidence.map(\.text))
        let asked = try run("ask", "--budget", "100", "--max-tokens", "4", "--index", index, Self.question)
        #expect(asked.exitCode == 0 && asked.output.contains("Evidence:") && asked.output.contains(Self.answer))

        let info = try run("index", "info", "--json", index)
        #expect(info.output.contains(#""documents":3"#) && info.output.contains(#""unfinishedDocuments":0"#))
        #expect(try run("index", "verify", index).output.hasPrefix("intact: 3 documents, "))
        let again = try run("index", "build", "--json", index, folder.path("notes"))
        #expect(again.output.contains(#""added":0"#) && again.output.contains(#""unchanged":3"#))

        #expect(try run("index", "remove", index, folder.path("notes/2.txt")).output == "1 document removed\n")
        #expect(try evidence([Self.question]).first?.evidence.contains { $0.text.contains(Self.answer) } == false)
        let compacted = try run("index", "compact", index)
        #expect(compacted.exitCode == 0, "\(compacted.errors)")
        #expect(try run("index", "list", index).output.split(separator: "\n").count == 2)
        #expect(info.output.contains(#""keys":"int8""#))
        let updated = try run("index", "update", "--json", index, folder.path("notes"))
        #expect(updated.output.contains(#""added":1"#) && updated.output.contains(#""unchanged":2"#))
        #expect(try evidence([Self.question]).first?.evidence.contains { $0.text.contains(Self.answer) } == true)
    }

    @Test func keysAreInt8OrFloat16() throws {
        let (notes, halves) = (folder.path("notes"), folder.path("halves.iridx"))
        #expect(try run("index", "build", "--quiet", index, notes).exitCode == 0)
        #expect(try run("index", "build", "--quiet", "--keys", "float16", halves, notes).exitCode == 0)
        #expect(try run("index", "info", halves).output.contains("keys       float16\n"))
        let found = try evidence([Self.question]).map { $0.evidence.map(\.text) }
        let run = try program.run(["retrieve", "--json", "--budget", "100", "--index", halves, Self.question])
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect([report.evidence.map(\.text)] == found)
        let other = try self.run("index", "build", halves, notes)
        #expect(other.exitCode == 1 && other.errors.contains("holds keys in float16, not in int8"))
        #expect(try self.run("index", "build", "--keys", "int3", index, notes).exitCode == 2)
        #expect(try self.run("retrieve", "--keys", "float16", notes, Self.question).errors.contains("--stages keys"))
    }

    @Test func wordsCountBesideKeys() throws {
        let notes = folder.path("notes")
        let refused = try program.run(["retrieve", "--stages", "windows,keys", notes, Self.question])
        #expect(refused.exitCode == 1 && refused.errors.contains("one of windows and keys"))
        #expect(try run("index", "build", "--quiet", index, notes).exitCode == 0)
        for source in [["--index", index], [notes]] {
            let found = try program.run(["retrieve", "--stages", "keys,lexical"] + source + [Self.question])
            #expect(found.exitCode == 0 && found.output.contains(Self.answer))
        }
    }

    @Test func anInterruptionBeforeAnythingWasStoredIsClean() throws {
        let empty = try folder.write("IRX", to: "notes.iridx")
        let verified = try run("index", "verify", empty)
        #expect(verified.exitCode == 0 && verified.output.contains("was interrupted"), "\(verified.errors)")
        let asked = try run("ask", "--index", empty, "Why?")
        #expect(asked.exitCode == 1 && asked.errors.contains("before anything was stored"))
        #expect(try run("index", "build", "--quiet", empty, folder.path("notes")).exitCode == 0)
        #expect(try run("index", "verify", empty).output.hasPrefix("intact: 3 documents, "))
    }

    @Test func mistakesAreOneLineThatSaysWhatToDo() throws {
        let text = folder.path("notes/1.txt")
        let missing = try run("ask", "--index", index, "Why?")
        #expect(missing.exitCode == 1)
        #expect(missing.errors == "infiniretri: \(index): no such index; make it with: infiniretri index build\n")
        let foreign = try run("index", "info", text)
        #expect(foreign.exitCode == 1 && foreign.errors.contains("this is not an attention index"))
        let both = try run("ask", "--index", index, text, "Why?")
        #expect(both.exitCode == 2 && both.errors.contains("either files or --index"))
        #expect(try run("index", "build", index).exitCode == 2)
        let nothing = try run("index", "build", index, folder.path("nowhere"))
        #expect(nothing.exitCode == 1 && nothing.errorLines.count == 1)
        let paper = try run("index", "build", "--profile", "paper", index, text)
        #expect(paper.exitCode == 1 && paper.errors.contains("retrieval profile paper"))
        #expect(!FileManager.default.fileExists(atPath: index))
    }

    @Test func anInterruptionIsClean() throws {
        let long = try folder.write(
            String(repeating: "The ferry left the harbour again, and nobody knew when. \n\n", count: 3_000),
            to: "long.txt")
        let path = index
        let interrupted = try program.run(["index", "build", index, long]) {
            ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0) > 300_000
        }
        #expect(interrupted.exitCode == 130)
        #expect(interrupted.errors == "infiniretri: interrupted\n")
        let verified = try run("index", "verify", index)
        #expect(verified.exitCode == 0 && verified.output.contains("was interrupted"))
    }
}
