import Foundation
import TestSupport
import Testing

@Suite("Model files")
struct ModelsTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(environment: ["INFINIRETRI_CACHE": folder.url.path])
    }

    @Test func theCacheFolderFollowsTheEnvironment() throws {
        #expect(try program.run(["models", "path"]).output == folder.path("models") + "\n")
        let shared = Program(environment: ["INFINIRETRI_CACHE": "", "XDG_CACHE_HOME": folder.path("xdg")])
        #expect(try shared.run(["models", "path"]).output == folder.path("xdg/infiniretri/models") + "\n")
        let home = Program(environment: ["INFINIRETRI_CACHE": "", "XDG_CACHE_HOME": "", "HOME": folder.path("home")])
        #expect(try home.run(["models", "path"]).output == folder.path("home/.cache/infiniretri/models") + "\n")
    }

    @Test func modelsAreFoundByNameInAnyCase() throws {
        let path = try folder.write("GGUF", to: "models/Tiny.Q4.gguf")
        for name in ["tiny.q4", "TINY.Q4.GGUF"] {
            #expect(try program.run(["models", "path", name]).output == path + "\n")
        }
        let run = try program.run(["models", "path", "huge"])
        #expect(run.exitCode == 1)
        #expect(
            run.errors
                == "infiniretri: there is no model 'huge', neither as a file nor by name in \(folder.path("models")) (Tiny.Q4); see: infiniretri models pull --help\n"
        )
    }

    @Test func listShowsWholeModelsOnly() throws {
        _ = try folder.write("GGUF", to: "models/b.gguf")
        _ = try folder.write("GGUF!", to: "models/a.gguf")
        _ = try folder.write("GG", to: "models/c.gguf.part")
        #expect(try program.run(["models", "list"]).output == "a  5 bytes\nb  4 bytes\n")
        #expect(
            try program.run(["models", "list", "--json"]).output
                == #"{"models":[{"bytes":5,"default":false,"name":"a","path":"\#(folder.path("models/a.gguf"))"},"#
                + #"{"bytes":4,"default":false,"name":"b","path":"\#(folder.path("models/b.gguf"))"}]}"# + "\n")
    }
}
