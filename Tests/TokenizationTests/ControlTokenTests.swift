import Testing
import Tokenization

/// Text is data: control tokens come from prompts only.
@Suite struct ControlTokenTests {
    @Test(arguments: RulesFixture.rules)
    func textNeverBecomesAControlToken(rules: String) throws {
        let tokenizer = try RulesFixture.load().tokenizer(rules)
        for name in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] {
            let control = try #require(tokenizer.controlToken(named: name))
            for text in [name, " \(name) ", "a\(name)b", name + name, "\n\(name)\n"] {
                let ids = tokenizer.encode(text)
                #expect(!ids.contains(control.id), "\(text)")
                #expect(tokenizer.decode(ids) == text)
            }
            #expect(tokenizer.encode(Prompt([.text(name)])) == tokenizer.encode(name))
            #expect(tokenizer.encode(Prompt([.control(control)])) == [control.id])
        }
    }

    @Test func tokensThatLookLikeControlTokensAreControlTokens() throws {
        // Some files mark them as ordinary or user-defined, and designate others by number only.
        var description = try RulesFixture.load().description("gpt-2")
        let names = ["<|im_end|>", "<|custom_role|>", "[INST]", "<end_of_turn>", "!stop"]
        let before = description.tokens.count
        description.tokens = PackedStrings(Array(description.tokens) + names)
        description.types?.append(contentsOf: [4, 1, 4, 1, 4])
        description.endOfTurn = TokenID(before + 4)
        let tokenizer = try Tokenizer(description)
        for (index, name) in names.enumerated() {
            let id = TokenID(before + index)
            #expect(tokenizer.controlToken(id)?.name == name)
            #expect(!tokenizer.encode("a \(name) b").contains(id))
        }
    }

    @Test func addedTokensAreFoundInText() throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer("qwen2")
        let call = try #require(fixture.vocabulary.tokens.firstIndex(of: "<tool_call>"))
        #expect(tokenizer.controlToken(named: "<tool_call>") == nil)
        let ids = tokenizer.encode("x<tool_call>y")
        #expect(ids.contains(TokenID(call)))
        // They are text, and are decoded as such.
        #expect(tokenizer.decode(ids) == "x<tool_call>y")
    }

    @Test func mergesToControlTokensAreLeftOut() throws {
        var description = TokenizerDescription(
            model: "gpt2", preTokenizer: "llama-bpe", tokens: ["a", "b", "ab", "abab", "|end"])
        description.types = [1, 1, 1, 3, 3]
        description.merges = ["a b", "ab ab"]
        let tokenizer = try Tokenizer(description)
        #expect(tokenizer.encode("abab") == [2, 2])
    }

    @Test func textsOfAPromptAreTokenizedAsOne() throws {
        let tokenizer = try RulesFixture.load().tokenizer("smollm")
        let end = try #require(tokenizer.controlToken(named: "<|im_end|>"))
        let prompt = Prompt([.text("th"), .text("e"), .control(end), .tokens([1, 2]), .text("a"), .control(end)])
        #expect(
            tokenizer.encode(prompt) == tokenizer.encode("the") + [end.id, 1, 2] + tokenizer.encode("a") + [end.id])
        var appended = Prompt()
        for part in prompt.parts { appended.append(part) }
        #expect(appended.parts.count == 5)
        #expect(tokenizer.encode(appended) == tokenizer.encode(prompt))
        #expect(tokenizer.encode(Prompt()).isEmpty)
    }
}
