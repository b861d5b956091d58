import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

@Suite struct AnswerTests {
    private static let input: [TokenID] = [72, 101, 108]

    private func answer(
        _ said: String, ending: [TokenID] = []
    ) async throws -> (text: String, tokens: Int, reported: [String]) {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        let end = try #require(tokenizer.endTokens.first)
        let script = ending + tokenizer.encode(said) + [end]
        let model = try ScriptedModel(script, prompt: Self.input.count)
        var reported: [String] = []
        let answer = try await model.answer(Self.input, options: GenerationOptions(maxTokens: 50)) {
            reported.append($0)
        }
        return (answer.text, answer.tokens, reported)
    }

    @Test func whiteSpaceBeforeItIsNoPartOfIt() async throws {
        let answer = try await answer(" \n two  words ")
        #expect(answer.text == "two  words ")
        #expect(answer.reported.joined() == answer.text)
        #expect(!answer.reported.contains(""))
        #expect(answer.tokens > 3)
    }

    @Test func itIsNeverEmpty() async throws {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        let end = try #require(tokenizer.endTokens.first)
        // The model would end its turn at once.
        #expect(try await answer("said", ending: [end]).text.hasSuffix("said"))
    }
}
