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

    @Test func aProfileIsStoredByTheModelsFingerprint() throws {
        let run = try program.run(["calibrate", "--model", model.path])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("chosen (layer, head): ("))
        #expect(run.output.contains("\nno attention head of this model points at answers better than chance"))
        #expect(run.output.contains("\npaper "))
        #expect(run.output.contains("\nsetting, and tokens of evidence down to the answer with each of its values\n"))
        for setting in ["unit", "selection", "queryWeights", "phraseWidth", "window"] {
            #expect(run.output.split(separator: "\n").contains { $0.hasPrefix("\(setting) ") && $0.contains(" *") })
        }
        let name = try #require(try profiles().first)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: model.path)).count
        #expect(name.wholeMatch(of: /[0-9a-f]{8}-([0-9]+)\.json/)?.output.1 == "\(bytes)")
        #expect(run.errors == "profile written to \(folder.path("cache/profiles"))/\(name)\n")

        // The same bytes under another name are the same model.
        let copy = folder.path("copy.gguf")
        try FileManager.default.copyItem(atPath: model.path, toPath: copy)
        let again = try program.run(["calibrate", "--model", copy, "--json", "--quiet", "--seed", "1"])
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(again.errors.isEmpty)
        #expect(again.output.contains(#""profile":{"answerability":{"bias""#))
        #expect(again.output.contains(#""settings":[{"best":""#))
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

@Suite("--profile auto, eval layers and analyze")
struct ModelStudyTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let model: TemporaryFile

    init() throws {
        folder = try TemporaryFolder()
        program = Program(environment: ["INFINIRETRI_CACHE": folder.path("cache")])
        model = try RandomModel { $0.layers = 2 }.temporaryFile()
    }

    @Test func anUnknownModelIsCalibratedOnce() throws {
        let book = try folder.write("Ann came. Bob left.", to: "book.txt")
        let arguments = ["retrieve", "--model", model.path, "--json", book, "Who?"]
        let first = try program.run(arguments)
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.errors.contains("calibrating this model once"))
        #expect(first.errors.contains("no attention head of this model points at answers better than chance"))
        #expect(first.output.contains(#""profile":"calibrated""#))
        let second = try program.run(arguments)
        #expect(second.exitCode == 0)
        #expect(second.errors.isEmpty)
        #expect(second.output.contains(#""profile":"calibrated""#))

        // What cannot be read is not taken for a model that was never calibrated.
        let profiles = folder.path("cache/profiles")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: profiles).first)
        _ = try folder.write("{}", to: "cache/profiles/\(name)")
        let damaged = try program.run(arguments)
        #expect(damaged.exitCode == 1 && damaged.output.isEmpty && damaged.errorLines.count == 1)
        #expect(damaged.errors.hasPrefix("infiniretri: '\(profiles)/\(name)' is not a retrieval profile: the field "))
        try FileManager.default.removeItem(atPath: profiles)
        _ = try folder.write("", to: "cache/profiles")
        let folderless = try program.run(arguments)
        #expect(folderless.exitCode == 1 && folderless.output.isEmpty && folderless.errorLines.count == 1)
        #expect(folderless.errors == "infiniretri: cannot read the profile in '\(profiles)': Not a directory\n")
    }

    @Test func layersAndAnalyzePrintALineForEachLayer() throws {
        let book = try folder.write("Ann came to town.\n\nBob left the house.", to: "book.txt")
        let page = folder.path("page.html")
        let run = try program.run([
            "analyze", "--model", model.path, "--profile", "paper", "--html", page, book, "Who left?", "Bob",
        ])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("\n0      "))
        #expect(run.output.contains("\n1      "))
        #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        let data = try folder.write(
            #"{"input":"Who left?","context":"Ann came.\n\nBob left.","answers":["Bob"]}"# + "\n", to: "data.jsonl")
        let layers = try program.run(["eval", "layers", "--model", model.path, "--data", data, "--json"])
        #expect(layers.exitCode == 0, "\(layers.errors)")
        #expect(layers.output.contains(#""task":"layers""#))
        #expect(layers.output.contains(#""chance":0.5"#))
    }

    @Test(
        "Wrong usage",
        arguments: [
            ["analyze"], ["analyze", "book.txt", "Who?"], ["eval", "layers"], ["analyze", "--data", "x", "y"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let run = try program.run(arguments)
        #expect(run.exitCode == 2)
        #expect(run.errorLines.count == 1)
    }
}
