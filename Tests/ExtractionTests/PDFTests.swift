import Documents
import Foundation
import Testing

/// PDF files are read as a person reads them; scripts/fixtures/pdf.py makes them, line by line, with the truth.
@Suite(
    .enabled(
        if: ChildProcess.path(ofProgram: "pdftotext") != nil, "pdftotext is not installed: apt install poppler-utils"))
struct PDFTests {
    @Test(
        "Text is what was set, in order, without hyphens of line ends, headers and footers",
        arguments: [
            "report", "columns", "table", "notes",
        ])
    func text(name: String) throws {
        let read = try PageExtraction(fixture(name + ".pdf"))
        let truth = try String(contentsOfFile: fixture(name + ".txt"), encoding: .utf8)
        // Notes stand elsewhere than in the truth.
        let pieces = read.blocks.map { words($0.text) }
        let expected = truth.components(separatedBy: "\n\n").map { words($0) }.filter { !$0.isEmpty }
        func text(_ pieces: [String]) -> String {
            pieces.filter { !$0.contains("A note about") }.joined(separator: " ")
        }
        #expect(text(pieces) == text(expected))
        #expect(
            pieces.filter { $0.contains("A note about") }.sorted()
                == expected.filter { $0.contains("A note about") }.sorted())
        // A paragraph that ends a page with a sentence cannot be told from two.
        #expect(pieces.count - expected.count <= 1 && expected.count <= pieces.count)
        #expect(read.omissions.isEmpty)
    }

    @Test("Every place leads to a page that holds the text there", arguments: ["report", "columns", "table", "notes"])
    func locations(name: String) throws {
        let read = try PageExtraction(fixture(name + ".pdf"))
        for block in read.blocks {
            let bytes = Array(block.text.utf8)
            #expect(block.marks.first?.text == 0)
            for (index, mark) in block.marks.enumerated() {
                let end = index + 1 < block.marks.count ? block.marks[index + 1].text : bytes.count
                let part = String(decoding: bytes[mark.text..<end], as: UTF8.self)
                let page = try #require(mark.location.page)
                let box = try #require(mark.location.box)
                #expect(box.left >= 60 && box.right <= 540 && box.top < box.bottom)
                // The first words of the part, or of the row's first cell, are on that page.
                let cell = words(part).components(separatedBy: " | ").first ?? ""
                let begin = cell.split(separator: " ").prefix(4).joined(separator: " ")
                let text = try pageText(fixture(name + ".pdf"), page)
                #expect(text.contains(begin), "\(begin) on page \(page)")
            }
        }
        #expect(read.blocks.contains { $0.marks.count > 1 } || name == "table")
    }

    @Test("Headings have levels by their size and number")
    func headings() throws {
        let headings = try PageExtraction(fixture("report.pdf")).blocks.filter { $0.kind == .heading }
        #expect(headings.count == 16)
        for heading in headings {
            #expect(heading.level == (heading.text.hasPrefix("\(heading.text.prefix(1)).") ? 2 : 1))
        }
    }

    @Test("A table is a header and rows")
    func table() throws {
        let blocks = try PageExtraction(fixture("table.pdf")).blocks
        #expect(blocks.map(\.kind) == [.prose, .tableHeader] + Array(repeating: .tableRow, count: 30) + [.prose])
        #expect(blocks[1].text == "Name | Count | Share | Remark\n")
        #expect(blocks[31].text.hasSuffix("\n\n"))
    }

    @Test("Notes do not part paragraphs, and printed numbers are labels")
    func notes() throws {
        let blocks = try PageExtraction(fixture("notes.pdf")).blocks
        let notes = blocks.filter { $0.text.contains("A note about") }
        #expect(notes.count == 3)
        let labels = Set(blocks.flatMap(\.marks).map { "\($0.location.page ?? 0) \($0.location.pageLabel ?? "-")" })
        #expect(labels.isSuperset(of: ["1 iv", "2 v"]))
        #expect(!labels.contains { $0.hasSuffix("-") })
    }

    @Test("Pages without text are said")
    func scanned() throws {
        let read = try PageExtraction(fixture("scanned.pdf"))
        #expect(read.blocks.map { words($0.text) } == ["The first page has text.", "The last page has text again."])
        #expect(read.omissions.count == 1)
        let omission = try #require(read.omissions.first)
        #expect(omission.kind == .skipped && omission.location?.page == 2)
        #expect(omission.reason.contains("pages 2-3") && omission.reason.contains("ocrmypdf"))
    }

    @Test("A password is asked for")
    func locked() throws {
        #expect {
            try PageExtraction(fixture("locked.pdf"))
        } throws: {
            if case .damaged(_, let reason) = $0 as? DocumentError {
                reason.contains("needs a password")
            } else {
                false
            }
        }
    }

    @Test("Bytes in memory are read too")
    func unpacked() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture("scanned.pdf"))))
        let read = try PageExtraction(
            DocumentBytes(unpacking: FileStream(ByteFile(bytes, name: "m")), name: "m", depth: 0))
        #expect(read.blocks.count == 2)
    }

    @Test("Damaged files end soon, with text or an error")
    func damaged() throws {
        var numbers = SplitMix(state: 7)
        for name in ["scanned", "table", "columns", "notes"] {
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture(name + ".pdf"))))
            for round in 0..<25 {
                var bytes = whole
                if round % 3 == 0 { bytes.removeLast(numbers.below(bytes.count)) }
                for _ in 0..<(round % 3 == 0 ? 2 : 20) where !bytes.isEmpty {
                    bytes[numbers.below(bytes.count)] = UInt8(truncatingIfNeeded: numbers.next())
                }
                let start = ContinuousClock.now
                let file = ByteFile(bytes, name: name)
                // An error is as good as text.
                _ = try? PageExtraction(DocumentBytes(unpacking: FileStream(file), name: name, depth: 0))
                #expect(start.duration(to: .now) < .seconds(2), "\(name) \(round)")
            }
        }
    }

    private func fixture(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/pdf/\(name)").path
    }

    /// All words of a page, as the program writes them, hyphens at line ends undone.
    private func pageText(_ path: String, _ page: Int) throws -> String {
        let program = try #require(ChildProcess.path(ofProgram: "pdftotext"))
        let process = try ChildProcess(
            program, ["-f", "\(page)", "-l", "\(page)", path, "-"], input: nil,
            limits: .init(silence: .seconds(30), processorSeconds: 30, memory: 1 << 30))
        var text: [UInt8] = []
        while let block = process.next() { text += block }
        return words(String(decoding: text, as: UTF8.self))
    }
}

/// A program is a stream of bytes that never hangs.
struct ChildProcessTests {
    private let limits = ChildProcess.Limits(silence: .seconds(20), processorSeconds: 20, memory: 1 << 30)

    @Test("Its output is read to its end, whatever it writes beside it")
    func output() throws {
        let shell = try #require(ChildProcess.path(ofProgram: "sh"))
        let script = "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; echo why >&2; exit 3"
        let process = try ChildProcess(shell, ["-c", script], input: nil, limits: limits)
        var count = 0
        while let block = process.next() { count += block.count }
        #expect(count == 300_000)
        #expect(process.ending == .exited(3))
        #expect(process.errors.utf8.count == 4096)
    }

    @Test("Silence ends it")
    func silence() throws {
        let shell = try #require(ChildProcess.path(ofProgram: "sh"))
        var short = limits
        short.silence = .milliseconds(200)
        let process = try ChildProcess(shell, ["-c", "exec sleep 60"], input: nil, limits: short)
        #expect(process.next() == nil)
        #expect(process.ending == .silent)
    }

    @Test("Cancelling the task ends it")
    func cancellation() async throws {
        let shell = try #require(ChildProcess.path(ofProgram: "sh"))
        // On a busy machine the cancellation may be a while in coming: nothing else may end it before.
        var limits = limits
        limits.silence = .seconds(3_000)
        let task = Task { [limits] in
            let process = try ChildProcess(shell, ["-c", "exec sleep 3000"], input: nil, limits: limits)
            return (process.next() == nil, process.ending)
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let (isAtEnd, ending) = try await task.value
        #expect(isAtEnd && ending == .cancelled)
    }

    @Test("A reader that stops ends it, and leaves no process behind")
    func dropped() throws {
        let yes = try #require(ChildProcess.path(ofProgram: "yes"))
        for _ in 0..<50 {
            let process = try ChildProcess(yes, [], input: nil, limits: limits)
            #expect(process.next()?.isEmpty == false)
        }
    }

    @Test("What is not installed is not found")
    func missing() { #expect(ChildProcess.path(ofProgram: "no-such-program-anywhere") == nil) }
}

/// What is read of a document.
private struct PageExtraction {
    struct Block {
        var kind: TextBlock.Kind
        var level: Int
        var text: String
        var marks: [(text: Int, location: Location)]
    }

    var blocks: [Block] = []
    var omissions: [Omission] = []

    @discardableResult
    init(_ path: String) throws { try self.init(DocumentBytes(.file(path: path))) }

    @discardableResult
    init(_ bytes: DocumentBytes) throws {
        var source = try BlockReader(bytes)
        while let next = try source.next() {
            blocks += next.map {
                Block(kind: $0.kind, level: $0.level, text: String(decoding: $0.text, as: UTF8.self), marks: $0.marks)
            }
            omissions += source.takeOmissions()
        }
        omissions += source.takeOmissions()
    }
}

/// Text with single spaces.
private func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

/// Numbers that are the same in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ count: Int) -> Int { count > 0 ? Int(next() % UInt64(count)) : 0 }
}
