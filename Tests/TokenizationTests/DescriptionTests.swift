import Testing
import Tokenization

/// Descriptions that no tokenizer can be made of give errors that say so.
@Suite struct DescriptionTests {
    private func base() -> TokenizerDescription {
        var description = TokenizerDescription(model: "gpt2", preTokenizer: "gpt-2", tokens: ["a", "b", "ab"])
        description.merges = ["a b"]
        return description
    }

    private func error(_ change: (inout TokenizerDescription) -> Void) -> TokenizerError? {
        var description = base()
        change(&description)
        do {
            _ = try Tokenizer(description)
            return nil
        } catch {
            #expect(!error.description.isEmpty)
            return error
        }
    }

    @Test func theBaseIsValid() throws {
        #expect(error { _ in } == nil)
        #expect(try Tokenizer(base()).encode("abba") == [2, 1, 0])
    }

    @Test func brokenDescriptionsAreRefused() {
        #expect(error { $0.model = "bert" } == .unsupportedModel("bert"))
        #expect(error { $0.tokens = [] } == .badVocabularySize(0))
        #expect(error { $0.types = [1] } == .countMismatch(field: "tokenizer.ggml.token_type", expected: 3, found: 1))
        #expect(error { $0.merges = nil } == .missing(field: "tokenizer.ggml.merges"))
        #expect(error { $0.merges = ["a b", "ab"] } == .malformedMerge(index: 1, text: "ab"))
        #expect(error { $0.model = "llama" } == .missing(field: "tokenizer.ggml.scores"))
        #expect(
            error {
                $0.model = "llama"
                $0.scores = [0]
            } == .countMismatch(field: "tokenizer.ggml.scores", expected: 3, found: 1))
        #expect(
            error { $0.endOfText = 3 }
                == .tokenOutOfRange(field: "tokenizer.ggml.eos_token_id", id: 3, vocabularySize: 3))
        #expect(
            error { $0.beginningOfText = -1 }
                == .tokenOutOfRange(field: "tokenizer.ggml.bos_token_id", id: -1, vocabularySize: 3))
    }

    @Test func oddDescriptionsDoNoHarm() throws {
        var description = base()
        // Merges of unknown tokens, empty tokens, tokens twice, and characters outside of the byte alphabet.
        description.merges = ["a b", "x y", " ", "a ", " b", "a b", "\u{4E2D} b"]
        description.tokens = ["a", "b", "ab", "", "a", "\u{4E2D}", " ", "<0x41>", "<|", "<>", "[]"]
        description.types = [1, 1, 1, 1, 1, 1, 1, 6, 9, -4, 4]
        let tokenizer = try Tokenizer(description)
        #expect(tokenizer.encode("abba[]") == [2, 1, 0, 10])
        #expect(tokenizer.vocabularySize == 11)
        for id in -2..<TokenID(14) { _ = tokenizer.bytes(of: id) }
        #expect(tokenizer.encode("").isEmpty)
        #expect(tokenizer.encode("\u{4E2D}").isEmpty)
    }

    @Test func endTokensAreThoseOfTheFileAndThoseKnownByName() throws {
        var description = try RulesFixture.load().description("smollm")
        let byName = try Tokenizer(description)
        #expect(
            byName.endTokens == Set(["<|endoftext|>", "<|im_end|>"].compactMap { byName.controlToken(named: $0)?.id }))
        description.endOfText = 5
        description.endOfTurn = 6
        #expect(try Tokenizer(description).endTokens.isSuperset(of: byName.endTokens.union([5, 6])))
    }
}
