import TestSupport
import Testing
import Tokenization
import Transformer

@Suite struct GenerationTests {
    private static let prompt: [TokenID] = [72, 101, 108, 108, 111]

    /// All of a generation's text, and its last event.
    private func run(
        _ model: any LanguageModel, _ options: GenerationOptions, cache: (any KeyValueCache)? = nil
    ) throws -> (text: String, usage: GenerationUsage) {
        var generator = try TextGenerator(model: model, prompt: Self.prompt, options: options, cache: cache)
        var text = ""
        var usage: GenerationUsage?
        while let event = try generator.next() {
            #expect(usage == nil, "nothing follows the last event")
            switch event {
            case .text(let piece):
                #expect(!piece.isEmpty)
                text += piece
            case .finished(let report): usage = report
            }
        }
        #expect(try generator.next() == nil)
        return (text, try #require(usage))
    }

    private func scripted(_ text: String, ending: [TokenID] = []) throws -> ScriptedModel {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        return try ScriptedModel(tokenizer.encode(text) + ending, prompt: Self.prompt.count)
    }

    @Test func untilTheLength() throws {
        let model = try scripted("naïve café 漢字 🙂 and more")
        let whole = try run(model, GenerationOptions(maxTokens: 1000))
        #expect(whole.usage.finishReason == .contextFull || whole.usage.finishReason == .length)
        #expect(whole.text.hasPrefix("naïve café 漢字 🙂 and more"))
        let short = try run(model, GenerationOptions(maxTokens: 3))
        #expect(short.usage.finishReason == .length)
        #expect(short.usage.generatedTokens == 3)
        #expect(short.usage.promptTokens == 5)
        // A character that is cut in two is replaced.
        #expect(short.text == "na\u{FFFD}")
        let none = try run(model, GenerationOptions(maxTokens: 0))
        #expect(none.text.isEmpty && none.usage.generatedTokens == 0 && none.usage.finishReason == .length)
    }

    @Test func untilAnEndToken() throws {
        let model = try scripted("all there is", ending: [])
        let end = try #require(model.tokenizer.endTokens.first)
        let result = try run(scripted("all there is", ending: [end]), GenerationOptions(maxTokens: 100))
        #expect(result.text == "all there is")
        #expect(result.usage.finishReason == .endToken)
        #expect(result.usage.generatedTokens == model.tokenizer.encode("all there is").count + 1)
    }

    @Test func notBeforeTheFewestTokens() throws {
        let end = try #require(try scripted("").tokenizer.endTokens.first)
        let model = try scripted("", ending: [end, 65, end, end])
        #expect(try run(model, GenerationOptions(maxTokens: 100)).usage.generatedTokens == 1)
        let result = try run(model, GenerationOptions(maxTokens: 100, minTokens: 3))
        #expect(result.usage.generatedTokens == 4)
        #expect(result.usage.finishReason == .endToken)
        #expect(result.text.contains(model.tokenizer.decode([65])))
    }

    @Test func untilAStopText() throws {
        let model = try scripted("one two the end three")
        let result = try run(model, GenerationOptions(maxTokens: 100, stop: ["the end"]))
        #expect(result.text == "one two ")
        #expect(result.usage.finishReason == .stopText)
        #expect(result.usage.generatedTokens < model.tokenizer.encode("one two the end three").count)
    }

    @Test func untilTheContextIsFull() throws {
        let model = try ScriptedModel([65], prompt: 1, contextLength: 12)
        let result = try run(model, GenerationOptions(maxTokens: 100))
        #expect(result.usage.finishReason == .contextFull)
        // The last token is not fed back: it needs no place.
        #expect(result.usage.generatedTokens == 12 - Self.prompt.count + 1)
        let tooLong = [TokenID](repeating: 1, count: 13)
        var generator = try TextGenerator(model: model, prompt: tooLong)
        #expect(throws: ForwardError.contextExceeded(needed: 13, contextLength: 12)) { try generator.next() }
    }

    @Test func greedyEqualsTheMostProbableTokens() throws {
        let model = try TransformerModel.load(RandomModel { $0.seed = 4 })
        var tokens = Self.prompt
        for _ in 0..<12 {
            let logits = try model.forward(ForwardRequest(tokens: tokens), cache: model.makeCache()).logits[0]
            let best = try #require(logits.indices.max { logits[$0] < logits[$1] })
            if model.tokenizer.endTokens.contains(TokenID(best)) { break }
            tokens.append(TokenID(best))
        }
        let generated = tokens.dropFirst(Self.prompt.count)
        #expect(generated.count > 3)
        let result = try run(model, GenerationOptions(maxTokens: generated.count))
        #expect(result.text == model.tokenizer.decode(generated))
    }

    @Test func seedsDecide() throws {
        let model = try TransformerModel.load(RandomModel())
        func text(seed: UInt64) throws -> String {
            let sampling = SamplingOptions(temperature: 1.5, topK: 100, topP: 0.95, seed: seed)
            return try run(model, GenerationOptions(sampling: sampling, maxTokens: 30)).text
        }
        #expect(try text(seed: 1) == text(seed: 1))
        #expect(try text(seed: 1) != text(seed: 2))
    }

    @Test func cachesAreContinued() throws {
        let model = try TransformerModel.load(RandomModel())
        let cache = model.makeCache()
        _ = try model.forward(ForwardRequest(tokens: [9, 8, 7], outputs: .none), cache: cache)
        let continued = try run(model, GenerationOptions(maxTokens: 8), cache: cache)
        #expect(continued.usage.promptTokens == 3 + Self.prompt.count)
        var whole = try TextGenerator(
            model: model, prompt: [9, 8, 7] + Self.prompt, options: GenerationOptions(maxTokens: 8))
        var text = ""
        while case .text(let piece)? = try whole.next() { text += piece }
        #expect(continued.text == text)
    }

    @Test func streamsGiveTheSame() async throws {
        let model = try TransformerModel.load(RandomModel())
        let options = GenerationOptions(maxTokens: 20)
        let expected = try run(model, options)
        var text = ""
        var usage: GenerationUsage?
        for try await event in model.generate(Self.prompt, options: options) {
            switch event {
            case .text(let piece): text += piece
            case .finished(let report): usage = report
            }
        }
        #expect(text == expected.text)
        #expect(usage?.generatedTokens == expected.usage.generatedTokens)
        #expect(usage?.finishReason == expected.usage.finishReason)
    }

    @Test func refusals() async throws {
        let model = try TransformerModel.load(RandomModel())
        #expect(throws: ForwardError.noTokens) { try TextGenerator(model: model, prompt: []) }
        #expect(throws: SamplingError.self) {
            try TextGenerator(model: model, prompt: [1], options: GenerationOptions(maxTokens: -1))
        }
        let sampling = SamplingOptions(temperature: -1)
        await #expect(throws: SamplingError.self) {
            for try await _ in model.generate([1], options: GenerationOptions(sampling: sampling)) {}
        }
        await #expect(throws: ForwardError.unknownToken(id: -5, vocabulary: model.shape.vocabulary)) {
            for try await _ in model.generate([-5]) {}
        }
    }

    /// A generation that would fill a context of a million tokens stops soon after its reader.
    @Test func cancellation() async throws {
        let model = try ScriptedModel([65], prompt: 1, contextLength: 1 << 20)
        let passes = await CountedModel.passes(on: model, cancellingIn: 5) { model in
            for try await _ in model.generate([1], options: GenerationOptions(maxTokens: .max)) {}
        }
        #expect((5..<1 << 19).contains(passes))
    }

    @Test(.enabled(if: TestModels.smolLM2 != nil, "needs the default model: make test fetches it"))
    func smolLM2AsTransformersDecodes() throws {
        try compare(path: #require(TestModels.smolLM2), fixture: "SmolLM2-135M-Instruct.Q4_1")
    }

    @Test(.enabled(if: TestModels.qwenCoder != nil, "needs the Qwen2.5-Coder-0.5B model file"))
    func qwenCoderAsTransformersDecodes() throws {
        try compare(path: #require(TestModels.qwenCoder), fixture: "qwen2.5-coder-0.5b-instruct-q4_k_m")
    }

    private func compare(path: String, fixture name: String) throws {
        let fixture = try RealFixture.load(name)
        let model = try TransformerModel.load(path: path, options: LoadOptions(arithmetic: .float32))
        let options = GenerationOptions(maxTokens: fixture.greedy.count)
        var generator = try TextGenerator(
            model: model, prompt: Array(fixture.tokens.prefix(fixture.probedTokens)), options: options)
        var text = ""
        while case .text(let piece)? = try generator.next() { text += piece }
        #expect(text == model.tokenizer.decode(fixture.greedy))
    }
}
