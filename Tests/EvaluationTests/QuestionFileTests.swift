import Evaluation
import Files
import Foundation
import TestSupport
import Testing

/// Keeps the first sentence of a text as evidence.
private struct FirstSentence: EvidenceSystem {
    let settings: [String: String] = [:]

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        let text = String(context.prefix { $0 != "." })
        return questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: 0..<text.utf8.count, text: text)], evidenceTokens: 1, documentTokens: 1,
                retrievalSeconds: 1)
        }
    }
}

@Suite("Files of questions")
struct QuestionFileTests {
    private static let lines = (0..<200).map {
        #"{"_id":"\#($0)","input":"Who is \#($0)?","context":"Ann \#($0) came. Bob left.","answers":["ann \#($0)"]}"#
    }
    private let folder: TemporaryFolder
    private let plain: String

    init() throws {
        folder = try TemporaryFolder()
        plain = try folder.write(Self.lines.joined(separator: "\n") + "\n", to: "some.questions.jsonl")
    }

    /// The file as a program packs it, under another name.
    private func packed(by program: String, as name: String) throws -> String {
        let path = try folder.write("", to: name)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "-c", plain]
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }

    /// What comes of all questions of a file; everything but the times, which are fixed.
    private func rows(of path: String) async throws -> [Data] {
        let task = QuestionAnsweringTask(try QuestionDataSet(path: path))
        var rows: [EvaluationRow] = []
        _ = try await EvaluationRunner(task: task, system: FirstSentence()).run { finished, _ in rows = finished }
        return try rows.map { try JSONEncoder.stable.encode($0) }
    }

    @Test(
        "Compressed files are read as they are, whatever they are called",
        arguments: [
            ("xz", "packed/some.questions.jsonl.xz"), ("gzip", "packed/some.questions.jsonl.gz"),
            ("xz", "packed/some.questions.jsonl"), ("gzip", "packed/some.questions.jsonl.XZ"),
        ])
    func compressedFiles(program: String, name: String) async throws {
        let expected = try await rows(of: plain)
        #expect(expected.count == 200)
        #expect(expected.allSatisfy { String(decoding: $0, as: UTF8.self).contains(#""group":"some.questions""#) })
        #expect(expected.allSatisfy { String(decoding: $0, as: UTF8.self).contains(#""answerRecall":1"#) })
        // The name of the group as well, which is that of the file here.
        #expect(try await rows(of: packed(by: program, as: name)) == expected)
    }

    @Test(arguments: ["gz", "xz"])
    func aPlainFileMayBeCalledCompressed(suffix: String) async throws {
        let path = try folder.write(
            "\n " + Self.lines.joined(separator: "\n"), to: "other/some.questions.jsonl.\(suffix)")
        #expect(try await rows(of: path) == rows(of: plain))
    }

    @Test("A compressed file that is cut off is named", arguments: ["xz", "gzip"], [0, 4, 40, 150])
    func cutFiles(program: String, length: Int) throws {
        let path = try packed(by: program, as: program == "xz" ? "cut.jsonl.xz" : "cut.jsonl.gz")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: UInt64(length))
        try handle.close()
        let error = #expect(throws: EvaluationError.self) { try QuestionDataSet(path: path) }
        let message = error?.description ?? ""
        #expect(message.hasPrefix("'\(path)' is damaged or cut off ("))
        #expect(!message.contains("\n"))
        if length >= 40 { #expect(message.lowercased().contains("unexpected end of")) }
    }

    @Test(arguments: ["xz", "gzip"])
    func aByteThatChangedIsFound(program: String) throws {
        let path = try packed(by: program, as: "changed")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 0x55
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: EvaluationError.self) { try QuestionDataSet(path: path) }
        #expect(error?.description.hasPrefix("'\(path)' is damaged or cut off (\(program): ") == true)
    }

    @Test func aMissingProgramIsNamed() throws {
        let path = try packed(by: "xz", as: "packed.xz")
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let target = ScratchFile(try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/null")))
        let error = #expect(throws: EvaluationError.missingProgram("xz", package: "xz-utils", file: path)) {
            try Compression.xz.unpack(source, of: path, into: target, environment: ["PATH": folder.path("none")])
        }
        #expect(error?.description.contains("install xz-utils") == true)
    }

    #if os(Linux)
        @Test func aFullDiskIsNamed() throws {
            let path = try packed(by: "gzip", as: "packed.gz")
            let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let full = ScratchFile(try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")))
            let error = #expect(throws: EvaluationError.self) {
                try Compression.gzip.unpack(source, of: path, into: full)
            }
            guard case .unwritable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains(": No space left on device; make room there") == true)
        }
    #endif

    @Test func foldersAndPipesAreRefused() {
        for path in [folder.path(""), "/dev/null"] {
            let error = #expect(throws: EvaluationError.self) { try QuestionDataSet(path: path) }
            #expect(error?.description.contains("give a file") == true)
        }
    }
}
