import Foundation
import TestSupport
import Testing

@Suite("What is said about a model")
struct WarningTests {
    private static let missing = "the model file has no chat template; it is asked in plain text, without roles"
    private static let unknown = "the model's chat template is not known; it is asked in plain text, without roles"

    private let program = Program()

    private func errors(_ model: RandomModel, _ arguments: [String]) throws -> String {
        let file = try model.temporaryFile()
        let run = try program.run(arguments + ["--model", file.path])
        #expect(run.exitCode == 0, "\(run.errors)")
        let name = URL(fileURLWithPath: file.path).deletingPathExtension().lastPathComponent
        return run.errors.replacingOccurrences(of: name, with: "NAME")
    }

    @Test func aMissingOrUnknownChatTemplateIsSaid() throws {
        let generate = ["generate", "--max-tokens", "2", "Name three rivers."]
        let missing = RandomModel { $0.chatTemplate = nil }
        #expect(try errors(missing, generate) == "NAME: \(Self.missing)\n")
        #expect(try errors(missing, generate + ["--json"]) == "NAME: \(Self.missing)\n")
        #expect(try errors(RandomModel { $0.chatTemplate = "{{ strange }}" }, generate) == "NAME: \(Self.unknown)\n")
        #expect(try errors(missing, generate + ["--quiet"]).isEmpty)
        #expect(try errors(RandomModel(), generate).isEmpty)
    }

    @Test func onlyWhereItIsUsed() throws {
        let missing = RandomModel { $0.chatTemplate = nil }
        #expect(try errors(missing, ["generate", "--raw", "--max-tokens", "2", "Once"]).isEmpty)
        #expect(try errors(missing, ["tokenize", "--text", "Once"]).isEmpty)
    }

    @Test func aGuessedTokenizerIsSaid() throws {
        let errors = try errors(RandomModel { $0.preTokenizer = "strange" }, ["tokenize", "--text", "Once"])
        #expect(errors.hasPrefix("NAME: ") && errors.contains("strange") && errors.hasSuffix("\n"))
        #expect(errors.split(separator: "\n").count == 1)
    }
}
