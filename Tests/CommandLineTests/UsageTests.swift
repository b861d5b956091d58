import TestSupport
import Testing

@Suite("Usage, help and failures")
struct UsageTests {
    private let program = Program()

    @Test func helpListsAllCommands() throws {
        let run = try program.run(["--help"])
        #expect(run.exitCode == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.hasPrefix("OVERVIEW: Asks questions of texts of any length"))
        for command in [
            "ask", "retrieve", "generate", "tokenize", "perplexity", "bench", "calibrate", "analyze", "eval", "models",
        ] {
            #expect(run.output.contains("\n  \(command) "))
        }
        #expect(try program.run([]).output == run.output)
    }

    @Test(
        "Every command has help with an example",
        arguments: [
            ["ask"], ["retrieve"], ["generate"], ["tokenize"], ["perplexity"], ["bench"], ["eval", "qa"],
            ["eval", "nih"], ["calibrate"], ["analyze"], ["eval", "layers"], ["eval", "board"], ["models", "pull"],
            ["models", "path"],
        ])
    func commandHelp(command: [String]) throws {
        let run = try program.run(command + ["--help"])
        #expect(run.exitCode == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("Examples:\n  infiniretri \(command.joined(separator: " "))"))
    }

    @Test(
        "Wrong usage is one line and exit code 2",
        arguments: [
            (
                ["frobnicate"],
                "infiniretri: Unexpected argument 'frobnicate'. See 'infiniretri --help' for more information.\n"
            ),
            (
                ["ask"],
                "infiniretri: Give the files and, last, the question. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["ask", "book.txt", "  "],
                "infiniretri: The question is empty. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["retrieve", "-", "-", "Who?"],
                "infiniretri: Standard input (-) can be read only once. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["ask", "--quiet", "--verbose", "book.txt", "Who?"],
                "infiniretri: Choose one of --quiet and --verbose. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["ask", "--all", "--short", "book.txt", "Who?"],
                "infiniretri: --all gives passages, no answer: leave out --short. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["retrieve", "--all", "--budget", "100", "book.txt", "Who?"],
                "infiniretri: --all has no --budget: it gives what there is. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["retrieve", "--all", "--profile", "paper", "book.txt", "Who?"],
                "infiniretri: --all goes with --strategy tree; fold keeps what the budget holds. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["ask", "--hops", "2", "--strategy", "fold", "book.txt", "Who?"],
                "infiniretri: --hops goes with --strategy tree; fold carries evidence along as it reads. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["retrieve", "--hops=-1", "book.txt", "Who?"],
                "infiniretri: The value '-1' is invalid for '--hops <auto|n>'. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["retrieve", "--strategy", "index", "book.txt", "Who?"],
                "infiniretri: --strategy index is now: --stages keys. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["retrieve", "--lexical-prior", "book.txt", "Who?"],
                "infiniretri: --lexical-prior is now: --stages keys,lexical. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["retrieve", "--stages", "keys,words", "book.txt", "Who?"],
                "infiniretri: --stages knows windows, keys, lexical, not 'words'. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["retrieve", "--stages", "windows", "--index", "book.iridx", "Who?"],
                "infiniretri: An index is asked by its keys: leave out --strategy fold and --stages windows. See 'infiniretri retrieve --help' for more information.\n"
            ),
            (
                ["ask", "--threads", "0", "book.txt", "Who?"],
                "infiniretri: --threads must be between 1 and 1024. See 'infiniretri ask --help' for more information.\n"
            ),
            (
                ["models", "pull", "http://example.org/model.gguf"],
                "infiniretri: only https is accepted for downloads from another machine: 'http://example.org/model.gguf'. See 'infiniretri models pull --help' for more information.\n"
            ),
            (
                ["models", "pull", "--sha256", "12"],
                "infiniretri: --sha256 takes 64 hexadecimal digits. See 'infiniretri models pull --help' for more information.\n"
            ),
        ])
    func wrongUsage(arguments: [String], message: String) throws {
        let run = try program.run(arguments)
        #expect(run.exitCode == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors == message)
    }

    @Test func aMissingFileIsOneLine() throws {
        let run = try program.run(["ask", "no-such-book.txt", "Who?"])
        #expect(run.exitCode == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors == "infiniretri: no-such-book.txt: no such file or folder\n")
    }

    @Test func aMissingDefaultModelSaysHowToFetchIt() throws {
        let folder = try TemporaryFolder()
        let book = try folder.write("Ann came.", to: "book.txt")
        let run = try Program(environment: ["INFINIRETRI_CACHE": folder.path("cache")]).run(["ask", book, "Who?"])
        #expect(run.exitCode == 1)
        #expect(
            run.errors
                == "infiniretri: the default model is not on this machine yet; fetch it once with: infiniretri models pull\n"
        )
    }

    @Test func aDamagedModelIsOneLine() throws {
        let folder = try TemporaryFolder()
        let model = try folder.write("GGUF\u{3}", to: "broken.gguf")
        let run = try program.run(["tokenize", "--model", model, "--text", "x"])
        #expect(run.exitCode == 1)
        #expect(run.output.isEmpty)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.hasPrefix("infiniretri: "))
    }
}
