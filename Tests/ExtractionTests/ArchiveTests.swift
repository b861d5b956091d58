import Documents
import Foundation
import Testing

/// Archives and compressed files, the made-up ones among them that are to fill disks.
@Suite struct ArchiveTests {
    @Test func membersAreReadByTheirOwnFormats() throws {
        let found = try MarkupSample.read("papers.zip")
        #expect(found.location("clock")?.member == "house.html")
        #expect(found.location("clock")?.element?.hasSuffix("p:nth-of-type(4)") == true)
        #expect(found.location("The spare key is with the neighbour.\n")?.member == "inner.zip/notes.txt")
        #expect(found.location("Grüße")?.member == "Grüße.txt")
        #expect(found.omissions.filter { $0.kind == .skipped }.map(\.location?.member) == ["picture.png"])
        #expect(found.omissions.filter { $0.kind == .ignored }.map(\.location?.member).first == ".hidden/x.txt")
        #expect(!found.text.contains("junk"))
        #expect(found.blocks.allSatisfy { $0.runs.isEmpty })
        #expect(try found.digest.bytes == MarkupSample.bytes("papers.zip").count)
    }

    @Test func tapesAreReadInOrder() throws {
        let found = try MarkupSample.read("papers.tar.gz")
        #expect(found.text == "A long name.\n\n# B\n\nSecond file.\n\n")
        #expect(found.location("A long")?.member == "a/" + String(repeating: "long", count: 120) + ".txt")
        #expect(found.location("Second")?.member == "b.md")
        #expect(try found.digest.bytes == MarkupSample.bytes("papers.tar.gz").count)
    }

    /// What a program makes of standard input.
    private func run(_ command: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }

    @Test func compressedFilesAreWhatIsInThem() throws {
        let page = MarkupSample.path("house.html")
        let plain = try MarkupSample.read("house.html")
        for (program, name) in [("gzip", "house.html.gz"), ("xz", "house.html.xz")] {
            let packed = try run("\(program) -c '\(page)'")
            guard !packed.isEmpty else { continue }
            #expect(try MarkupSample.read(packed, name: name).text == plain.text)
            #expect(throws: DocumentError.self) { try MarkupSample.read(Array(packed.dropLast(20)), name: name) }
        }
        let twice = try run("gzip -c '\(page)'; gzip -c '\(MarkupSample.path("house.md"))'")
        #expect(try MarkupSample.read(twice, name: "x.gz").text.contains("The spare key"))
    }

    @Test func archivesInArchivesHaveAnEnd() throws {
        var bytes = ZipWriter.archive([.init("notes.txt", Array("deep".utf8))])
        for depth in 1...5 {
            bytes = ZipWriter.archive([.init("\(depth).zip", bytes)])
            let found = try MarkupSample.read(bytes, name: "x.zip")
            #expect(found.text.isEmpty == (depth > 3))
            #expect(found.omissions.isEmpty == (depth <= 3))
        }
    }

    @Test func bombsAreStopped() throws {
        let start = ContinuousClock.now
        // Hidden members are passed over, but must be unpacked for that.
        let packed = try run(
            "cd $(mktemp -d) && truncate -s 150000000 .zeros && tar cf - .zeros | gzip -c && rm .zeros && rmdir $PWD")
        try #require(packed.count > 100_000)
        let compressed = try MarkupSample.read(packed, name: "bomb.tgz")
        #expect(compressed.omissions.map { $0.reason.contains("times as large") }.contains(true))
        var member = ZipWriter.Member("bomb.tar", Array(packed.dropFirst(10).dropLast(8)))
        member.method = 8
        member.size = 200_000_000
        let other = ZipWriter.Member("other.txt", Array("other".utf8))
        let found = try MarkupSample.read(ZipWriter.archive([member, other]), name: "bomb.zip")
        #expect(found.text == "other\n\n")
        #expect(found.omissions.filter { $0.kind == .skipped }.map(\.location?.member) == ["bomb.tar"])
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func membersThatCannotBeReadAreSaid() throws {
        var locked = ZipWriter.Member("locked.txt", Array("?".utf8))
        locked.flags |= 1
        var unknown = ZipWriter.Member("unknown.txt", Array("?".utf8))
        unknown.method = 93
        var wrong = ZipWriter.Member("wrong.txt", Array("text".utf8))
        wrong.checksum ^= 1
        var outside = ZipWriter.Member("outside.txt", Array("?".utf8))
        outside.offset = 1 << 30
        var twice = ZipWriter.Member("twice.txt", Array("fine".utf8))
        twice.offset = 0
        let fine = ZipWriter.Member("fine.txt", Array("fine".utf8))
        let bytes = ZipWriter.archive([fine, locked, unknown, wrong, outside, twice])
        let found = try MarkupSample.read(bytes, name: "x.zip")
        let reasons = Dictionary(
            found.omissions.map { ($0.location?.member ?? "", $0.reason) }, uniquingKeysWith: { first, _ in first })
        #expect(found.text.contains("fine"))
        #expect(reasons["locked.txt"]?.contains("password") == true)
        #expect(reasons["unknown.txt"]?.contains("93") == true)
        #expect(reasons["wrong.txt"]?.contains("checksum") == true)
        #expect(reasons["outside.txt"] != nil)
        #expect(reasons["twice.txt"]?.contains("another member") == true)
    }
}
