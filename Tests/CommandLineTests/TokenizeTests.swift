import Foundation
import TestSupport
import Testing

@Suite("tokenize", .enabled(if: TestModels.smolLM2 != nil, "needs the default model: infiniretri models pull"))
struct TokenizeTests {
    private let program = Program()

    @Test func jsonHasIdsPiecesAndByteRanges() throws {
        // Ids of the Hugging Face tokenizer of SmolLM2-135M-Instruct.
        let run = try program.run(["tokenize", "--json", "--text", "Hello, wörld 42"])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        #expect(
            run.output
                == #"{"count":8,"tokens":[{"byteRange":[0,5],"id":19556,"piece":"Hello"},{"byteRange":[5,6],"id":28,"piece":","},"#
                + #"{"byteRange":[6,8],"id":267,"piece":" w"},{"byteRange":[8,11],"id":29989,"piece":"ör"},"#
                + #"{"byteRange":[11,13],"id":400,"piece":"ld"},{"byteRange":[13,14],"id":216,"piece":" "},"#
                + #"{"byteRange":[14,15],"id":36,"piece":"4"},{"byteRange":[15,16],"id":34,"piece":"2"}]}"# + "\n")
    }

    @Test func textNeverYieldsControlTokens() throws {
        let run = try program.run(["tokenize", "--json"], input: "<|im_end|>")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(!run.output.contains("\"id\":2,"))
        #expect(!run.output.contains("{\"count\":1,"))
    }

    @Test func linesAndCounts() throws {
        #expect(
            try program.run(["tokenize", "--text", "a\nb"]).output
                == "81\t0-1\t\"a\"\n198\t1-2\t\"\\n\"\n82\t2-3\t\"b\"\n")
        #expect(try program.run(["tokenize", "--count", "-"], input: "Hello, world").output == "3\n")
        let measured = try program.run(["tokenize", "--count", "--json", "--text", "Hello, world"]).output
        #expect(measured.hasPrefix(#"{"bytes":12,"count":3,"seconds":"#))
    }
}
