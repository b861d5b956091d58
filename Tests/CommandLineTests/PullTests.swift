import Foundation
import TestSupport
import Testing

/// Downloads from a server on this machine.
@Suite("Fetching models")
struct PullTests {
    private let cache: TemporaryFolder
    private let served: TemporaryFolder
    private let server: FileServer
    private let program: Program
    private let model: Data

    init() throws {
        cache = try TemporaryFolder()
        served = try TemporaryFolder()
        let bytes = RandomModel().writer().bytes()
        model = Data(bytes)
        try model.write(to: served.url.appending(path: "tiny.gguf"))
        server = try FileServer(folder: served.url)
        program = Program(environment: ["INFINIRETRI_CACHE": cache.url.path])
    }

    private var installed: String { cache.path("models/tiny.gguf") }

    private func modelFolder() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: cache.path("models")).sorted()
    }

    @Test func aFileIsFetchedOnce() throws {
        let run = try program.run(["models", "pull", server.url("tiny.gguf")])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output == installed + "\n")
        #expect(try Data(contentsOf: URL(fileURLWithPath: installed)) == model)
        #expect(try modelFolder() == ["tiny.gguf"])
        let again = try program.run(["models", "pull", "--quiet", server.url("tiny.gguf")])
        #expect(again.exitCode == 0)
        #expect(again.output == installed + "\n")
        #expect(again.errors.isEmpty)
        #expect(try server.requests() == ["/tiny.gguf -"])
    }

    @Test func aBrokenConnectionGoesOnWhereItStopped() throws {
        let run = try program.run(["models", "pull", server.url("cut/tiny.gguf")])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: installed)) == model)
        let third = model.count / 3
        let second = third + (model.count - third) / 3
        #expect(
            try server.requests() == [
                "/cut/tiny.gguf -", "/cut/tiny.gguf bytes=\(third)-", "/cut/tiny.gguf bytes=\(second)-",
            ])
    }

    @Test func aChangedFileIsFetchedAnew() throws {
        let run = try program.run(["models", "pull", server.url("tiny.gguf")])
        #expect(run.exitCode == 0, "\(run.errors)")
        // The beginning of another version, as an interrupted run leaves it.
        _ = try cache.write("GGUF of yesterday", to: "models/tiny.gguf.part")
        _ = try cache.write("\"yesterday\"", to: "models/tiny.gguf.part.version")
        let again = try program.run(["models", "pull", "--force", server.url("tiny.gguf")])
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: installed)) == model)
        #expect(try server.requests() == ["/tiny.gguf -", "/tiny.gguf bytes=17-"])
    }

    @Test func anAnnouncedDigestIsChecked() throws {
        #expect(try program.run(["models", "pull", server.url("redirect/tiny.gguf")]).exitCode == 0)
        let run = try program.run(["models", "pull", "--force", "--name", "other.gguf", server.url("lie/tiny.gguf")])
        #expect(run.exitCode == 1)
        #expect(run.errors.contains("other.gguf: the SHA-256 is "))
        #expect(try modelFolder() == ["tiny.gguf"])
    }

    @Test(
        "What cannot be fetched leaves nothing",
        arguments: [
            ("nothing.gguf", "the server answers 404"),
            ("page.gguf", "what it sends is not a GGUF file"),
            ("short.gguf", "short.gguf is not a usable model and was removed"),
            ("insecure/tiny.gguf", "it redirects to an insecure address"),
        ])
    func failures(path: String, reason: String) throws {
        _ = try served.write("<html>", to: "page.gguf")
        try model.prefix(model.count - 40_000).write(to: served.url.appending(path: "short.gguf"))
        let run = try program.run(["models", "pull", "--quiet", server.url(path)])
        #expect(run.exitCode == 1)
        #expect(run.output.isEmpty)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains(reason))
        #expect(try modelFolder().isEmpty)
    }

    @Test func controlCLeavesNoModelAndTheNextRunGoesOn() throws {
        let part = cache.path("models/tiny.gguf.part")
        let run = try program.run(["models", "pull", "--quiet", server.url("slow/tiny.gguf")]) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: part)
            return (attributes?[.size] as? NSNumber)?.intValue == 1_000
        }
        #expect(run.exitCode == 130)
        #expect(run.output.isEmpty)
        #expect(run.errors == "infiniretri: interrupted\n")
        #expect(try !modelFolder().contains("tiny.gguf"))
        #expect(try program.run(["models", "pull", server.url("tiny.gguf")]).exitCode == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: installed)) == model)
        #expect(try server.requests().last == "/tiny.gguf bytes=1000-")
    }

    @Test func aWrongDigestIsRefused() throws {
        let zeros = String(repeating: "0", count: 64)
        let run = try program.run(["models", "pull", "--quiet", "--sha256", zeros, server.url("tiny.gguf")])
        #expect(run.exitCode == 1)
        #expect(run.errors.hasPrefix("infiniretri: tiny.gguf: the SHA-256 is "))
        #expect(try modelFolder().isEmpty)
    }
}
