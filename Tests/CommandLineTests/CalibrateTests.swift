import Foundation
import TestSupport
import Testing

@Suite("calibrate")
struct CalibrateTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let model: TemporaryFile

    init() throws {
        folder = try TemporaryFolder()
        program = Program(environment: ["INFINIRETRI_CACHE": folder.path("cache")])
        model = try RandomModel { $0.layers = 3 }.temporaryFile()
    }

    private func profiles() throws -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path("cache/profiles"))
        return (names ?? []).filter { $0.hasSuffix(".json") }
    }

    @Test func aProfileIsStoredByTheModelsDigest() throws {
        let run = try program.run(["calibrate", "--model", model.path])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("chosen (layer, head): ("))
        #expect(run.output.contains("\npaper "))
        let name = try #require(try profiles().first)
        #expect(name.count == 69)
        #expect(run.errors == "profile written to \(folder.path("cache/profiles"))/\(name)\n")

        // The same bytes under another name are the same model.
        let copy = folder.path("copy.gguf")
        try FileManager.default.copyItem(atPath: model.path, toPath: copy)
        let again = try program.run(["calibrate", "--model", copy, "--json", "--quiet", "--seed", "1"])
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(again.errors.isEmpty)
        #expect(again.output.contains(#""profile":{"heads":{"chosen""#))
        #expect(try profiles() == [name])
    }

    @Test func anotherFileCanTakeTheProfile() throws {
        let out = folder.path("profile.json")
        let run = try program.run(["calibrate", "--model", model.path, "--out", out, "--quiet"])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try profiles().isEmpty)
        let book = try folder.write("Ann came. Bob left.", to: "book.txt")
        let retrieved = try program.run(["retrieve", "--model", model.path, "--profile", out, "--json", book, "Who?"])
        #expect(retrieved.exitCode == 0, "\(retrieved.errors)")
        #expect(retrieved.output.contains(#""profile":"calibrated""#))
    }

    @Test func aFileThatCannotBeWrittenIsOneLine() throws {
        let run = try program.run(["calibrate", "--model", model.path, "--out", folder.path("no/such/folder.json")])
        #expect(run.exitCode == 1)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.hasPrefix("infiniretri: cannot write the profile to '"))
    }

    @Test func aMissingTextIsOneLine() throws {
        let run = try program.run(["calibrate", "--model", model.path, "--text", "no-such.txt"])
        #expect(run.exitCode == 1)
        #expect(run.errors == "infiniretri: no-such.txt: no such file or folder\n")
    }
}
