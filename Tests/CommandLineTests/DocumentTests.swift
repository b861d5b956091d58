import Foundation
import TestSupport
import Testing

/// What users do with documents: extract them, leave some out, keep an index of them.
@Suite(.enabled(if: TestModels.smolLM2 != nil, "needs the default model: infiniretri models pull"))
struct DocumentTests {
    private let folder: TemporaryFolder
    private let program = Program()

    init() throws { folder = try TemporaryFolder() }

    private func json(_ run: Program.Run) throws -> [[String: Any]] {
        try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private func extract(_ arguments: String...) throws -> Program.Run { try program.run(["extract"] + arguments) }

    private func index(_ command: String, _ arguments: String...) throws -> Program.Run {
        try program.run(["index", command, folder.path("e.iridx")] + arguments)
    }

    private func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = try folder.write("", to: name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func blocksLeadBackToTheFile() throws {
        let text = "# The house\n\nIt stands by the river.\n\n- the hall\n- the kitchen\n"
        let path = try folder.write(text, to: "a.md")
        let document = try #require(try json(extract("--json", path)).first)
        #expect(document["text"] as? String == text && document["format"] as? String == "markdown")
        let blocks = try #require(document["blocks"] as? [[String: Any]])
        #expect(blocks.compactMap { $0["kind"] as? String } == ["heading", "prose", "listItem", "listItem"])
        let bytes = Array(text.utf8)
        for block in blocks {
            let range = try #require(block["byteRange"] as? [Int])
            #expect(String(decoding: bytes[range[0]..<range[1]], as: UTF8.self) == block["text"] as? String)
            #expect(block["line"] as? Int == 1 + bytes[..<range[0]].count { $0 == 0x0A })
        }
        #expect(try extract(path).output == text)
    }

    @Test func otherEncodingsAreReadAndSaid() throws {
        let text = "Der Schlüssel hängt im Flur. Die Tür ist grün, und die Küche größer als früher. Äpfel übrig."
        let bytes = try #require(text.data(using: .isoLatin1))
        let path = try write(Array(bytes), to: "latin.txt")
        let run = try extract("--json", path)
        let document = try #require(try json(run).first)
        #expect(document["text"] as? String == text)
        #expect(run.errors.contains("1252") || run.errors.contains("8859"), "\(run.errors)")
        #expect(try extract("--encoding", "KOI8-R", path).output.contains("Der Schl"))
        #expect(try extract("--encoding", "none", path).exitCode == 2)
        let wide = try write([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "w.txt")
        #expect(try extract(wide).output == text)
    }

    @Test func whatIsLeftOutIsSaid() throws {
        _ = try folder.write("The key is in Ghent.", to: "in/k.txt")
        _ = try write([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1], to: "in/p.png")
        _ = try folder.write("{\\rtf1 Text.}", to: "in/r.rtf")
        _ = try folder.write("Hidden.", to: "in/.h.txt")
        let run = try extract("--json", folder.path("in"))
        #expect(run.exitCode == 0)
        #expect(run.errors.contains("p.png") && run.errors.contains("r.rtf") && run.errors.contains("1 (--verbose"))
        let skipped = try json(run).flatMap { $0["skipped"] as? [[String: Any]] ?? [] }
        #expect(
            skipped.compactMap { ($0["document"] as? String)?.split(separator: "/").last } == [
                "p.png", "r.rtf", ".h.txt",
            ])
        #expect(try extract(folder.path("in/p.png")).exitCode == 1, "who names a file wants it")
    }

    @Test func anIndexFollowsItsFolder() throws {
        _ = try folder.write("The key is in Ghent. Ask the baker.", to: "e/k.txt")
        _ = try folder.write("Tea is at four.", to: "e/t.txt")
        let e = folder.path("e")
        #expect(try index("build", e).exitCode == 0)
        func counts(_ run: Program.Run) throws -> [Int] {
            let report = try #require(try json(run).first, "\(run.errors)")
            return ["added", "unchanged", "moved", "removed", "documents"].compactMap { report[$0] as? Int }
        }
        let files = FileManager.default
        #expect(try counts(index("update", e, "--json")) == [0, 2, 0, 0, 2])
        try files.moveItem(atPath: folder.path("e/k.txt"), toPath: folder.path("e/moved.txt"))
        #expect(try counts(index("update", e, "--json")) == [0, 1, 1, 0, 2])
        #expect(try index("list", "--json").output.contains("moved.txt"))
        // Touched, with the same bytes; then other bytes of the same number.
        try files.setAttributes([.modificationDate: Date()], ofItemAtPath: folder.path("e/t.txt"))
        #expect(try counts(index("update", e, "--json")) == [0, 2, 0, 0, 2])
        _ = try folder.write("Tea is at five.", to: "e/t.txt")
        #expect(try counts(index("update", e, "--json")) == [1, 1, 0, 1, 2])
        // Emptied, gone, and the folder gone.
        _ = try folder.write("", to: "e/t.txt")
        #expect(try counts(index("update", e, "--json"))[4] == 2)
        try files.removeItem(atPath: folder.path("e/t.txt"))
        try files.removeItem(atPath: folder.path("e/moved.txt"))
        #expect(try counts(index("update", e, "--json")) == [0, 0, 0, 2, 0])
        _ = try folder.write("The key is in Ghent.", to: "e/k.txt")
        #expect(try counts(index("update", e, "--json"))[4] == 1)
        try files.moveItem(atPath: e, toPath: folder.path("f"))
        let missing = try index("update", e)
        #expect(missing.exitCode == 1 && missing.errors.contains("no such file or folder"))
        #expect(try index("list", "--json").output.contains("k.txt"), "a missing folder empties no index")
    }

    @Test func anIndexAndItsFilesMoveTogether() throws {
        _ = try folder.write("The key is in Ghent.", to: "one/e/k.txt")
        let path = folder.path("one/i.iridx")
        let built = try program.run(["index", "build", path, folder.path("one/e")])
        #expect(built.exitCode == 0, "\(built.errors)")
        try FileManager.default.moveItem(atPath: folder.path("one"), toPath: folder.path("two"))
        let run = try program.run(
            ["retrieve", "--index", folder.path("two/i.iridx"), "--json", "Where is the key?"])
        let evidence = try #require(try json(run).first?["evidence"] as? [[String: Any]])
        #expect(evidence.first?["document"] as? String == folder.path("two/e/k.txt"))
        // Only some of its documents are asked.
        let none = try program.run(
            ["retrieve", "--index", folder.path("two/i.iridx"), "--kind", "pdf", "Where?"])
        #expect(none.exitCode == 1 && none.errors.contains("--kind"))
    }

    @Test(arguments: [
        (["k.txt", "k.txt"], "is a file"), (["k.txt", "Where", "is", "it?"], "Quote the question: \"Where is it?\""),
    ])
    func whatIsMeantIsSaid(arguments: [String], message: String) throws {
        _ = try folder.write("The key is in Ghent.", to: "k.txt")
        let named = arguments.map { $0 == "k.txt" ? folder.path($0) : $0 }
        let run = try program.run(["retrieve"] + named)
        #expect(run.exitCode == 2 && run.errors.contains(message), "\(run.errors)")
    }

    @Test func aListOfFilesIsNotTheirText() throws {
        let path = try folder.write("The key is in Ghent.", to: "k.txt")
        let run = try program.run(["retrieve", "Where?"], input: path + "\n")
        #expect(run.exitCode == 0 && run.errors.contains("names of files"), "\(run.errors)")
    }

    @Test func changedIntoSomethingElseNothingOldIsKept() throws {
        _ = try folder.write("The key is in Ghent.", to: "e/k.txt")
        _ = try folder.write("Tea is at four.", to: "e/t.txt")
        #expect(try index("build", folder.path("e")).exitCode == 0)
        _ = try write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 1], to: "e/k.txt")
        let run = try index("update", folder.path("e"), "--json")
        #expect(run.errors.contains("k.txt") && run.errors.contains("picture"), "\(run.errors)")
        let report = try #require(try json(run).first)
        #expect(report["removed"] as? Int == 1 && report["documents"] as? Int == 1)
    }

    @Test func rangesEndWhereTheFileEnds() throws {
        let bytes = try #require("鍵は棚の上です。".data(using: .shiftJIS))
        let path = try write(Array(bytes), to: "n.txt")
        let document = try #require(try json(extract("--json", "--encoding", "Shift_JIS", path)).first)
        let block = try #require((document["blocks"] as? [[String: Any]])?.first)
        #expect(block["byteRange"] as? [Int] == [0, bytes.count])
    }

    @Test func oldLineEndsAreLineEnds() throws {
        let path = try folder.write("# Title\r\rOne.\r\rTwo.\r", to: "m.md")
        let document = try #require(try json(extract("--json", path)).first)
        let blocks = try #require(document["blocks"] as? [[String: Any]])
        #expect(blocks.compactMap { $0["line"] as? Int } == [1, 3, 5])
    }

    @Test func noiseIsNoText() throws {
        var random = SeededGenerator(seed: 5)
        let path = try write((0..<100_000).map { _ in UInt8.random(in: 1...255, using: &random) }, to: "r.bin")
        let run = try extract(path)
        #expect(run.exitCode == 1 && run.output.isEmpty && run.errors.contains("no text"))
    }

    @Test func aSentenceOfAMailIsNoMessage() throws {
        let mail = """
            From a@b Sat Nov 28 09:00:00 2026
            From: a@b
            Subject: one

            Hello.

            From here on the key is in Ghent.

            From a@b Sat Nov 28 10:00:00 2026
            Subject: two

            Bye.

            """
        let path = try folder.write(mail, to: "m.mbox")
        let run = try extract(path)
        #expect(run.output.contains("From here on the key is in Ghent.") && run.output.contains("Bye."))
    }

    @Test func namesForgeNoLines() throws {
        _ = try write([0, 1, 2, 3], to: "n/a\nskipped: b.txt")
        _ = try folder.write("Text.", to: "n/t.txt")
        let run = try extract(folder.path("n"))
        #expect(run.errorLines.count == 1, "\(run.errors)")
    }
}
