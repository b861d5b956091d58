import Foundation
import ModelFormat
import TestSupport
import Testing

@Suite struct OpeningTests {
    private func message(opening path: String) -> String {
        do throws(GGUFError) {
            _ = try GGUFFile(path: path)
            return "opened"
        } catch {
            return error.description
        }
    }

    @Test func whatIsNoFileIsSaid() throws {
        #expect(message(opening: "/no/such/model.gguf").contains("/no/such/model.gguf: No such file"))
        let folder = FileManager.default.temporaryDirectory.path
        #expect(message(opening: folder).contains("is a folder"))
        #expect(message(opening: "/dev/null").contains("not a regular file"))
        let empty = try TemporaryFile([])
        #expect(message(opening: empty.path).contains("is empty"))
    }

    @Test func aNamedPipeDoesNotBlock() throws {
        let pipe = TemporaryFile()
        try #require(mkfifo(pipe.path, 0o600) == 0)
        #expect(message(opening: pipe.path).contains("not a regular file"))
    }

    @Test func otherFormatsAreSaid() throws {
        let page = try TemporaryFile(Array("<!DOCTYPE html>".utf8))
        #expect(message(opening: page.path).contains("not a GGUF file: it begins with bytes 3C 21 44 4F"))
        #expect(refusal(of: [0x47]) == .notGGUF(found: "bytes 47"))
    }

    @Test func versionsAreChecked() {
        let bytes = SampleFile.bytes
        for version in [UInt32(0), 1, 4, .max] {
            #expect(refusal(of: bytes.replacing(at: 4, with: version)) == .unsupportedVersion(version))
        }
        #expect(refusal(of: bytes.replacing(at: 4, with: UInt32(3).byteSwapped)) == .bigEndian)
        #expect(GGUFError.bigEndian.description.contains("big-endian"))
    }

    @Test func piecesOfASplitModelAreRefused() throws {
        var writer = SampleFile.writer
        writer.set("split.count", .uint16(3))
        #expect(refusal(of: writer) == .splitFile(count: 3))
        writer.set("split.count", .uint16(1))
        #expect(refusal(of: writer) == nil)
    }
}
