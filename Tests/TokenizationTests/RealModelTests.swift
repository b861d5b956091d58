import TestSupport
import Testing
import Tokenization

/// The vocabularies of published models, against Hugging Face's tokenizers. Needs the models in the cache.
@Suite(.enabled(if: !RealModel.cached.isEmpty))
struct RealModelTests {
    @Test(arguments: RealModel.cached)
    func edgeCasesBecomeTheSameTokensAndBack(model: RealModel) throws {
        let tokenizer = try Tokenizer(model.description())
        let fixture = try model.fixture()
        #expect(fixture.cases.count > 500)
        #expect(tokenizer.warnings.isEmpty)
        for example in fixture.cases {
            let tokens = tokenizer.encode(utf8: example.hex.bytes)
            #expect(tokens.map(\.id) == example.ids, "\(quoted(example.hex.bytes))")
            let decoded = tokenizer.decode(example.ids, controlTokens: true)
            #expect(
                decoded.isIdentical(to: example.decoded), "\(quoted(example.hex.bytes))")
        }
    }

    @Test(.enabled(if: !TestTexts.essays.isEmpty), arguments: RealModel.cached)
    func essaysBecomeTheSameTokens(model: RealModel) throws {
        let tokenizer = try Tokenizer(model.description())
        let essays = try model.fixture().essays
        let texts = TestTexts.essays
        #expect(texts.map(\.name) == essays.map(\.name))
        let stream = tokenizer.stream()
        for (essay, text) in zip(essays, texts) {
            let tokens = tokenizer.encode(utf8: text.utf8)
            expect(tokens.map(\.id), toBe: essay)
            // The essays are text as it is but for letters that are composed.
            #expect(tokens.last?.byteRange.upperBound == text.utf8.count)
            #expect(stream.push(text.utf8) + stream.finish() == tokens)
        }
    }

    @Test(arguments: RealModel.cached)
    func aLineOfAMillionBytesBecomesTheSameTokens(model: RealModel) throws {
        // The generator of the fixture: letters without a space.
        var state: UInt64 = 1
        let line = (0..<1_000_000).map { _ -> UInt8 in
            state = (1_103_515_245 * state + 12345) % (1 << 31)
            return UInt8(97 + (state >> 16) % 26)
        }
        expect(try Tokenizer(model.description()).encode(utf8: line).map(\.id), toBe: try model.fixture().longLine)
    }

    @Test(arguments: RealModel.cached)
    func chatsBecomeTheSameTokens(model: RealModel) throws {
        let description = try model.description()
        let tokenizer = try Tokenizer(description)
        let template = ChatTemplate(recognizing: description.chatTemplate, tokenizer: tokenizer)
        #expect(template.name == "chatml")
        let fixture = try model.fixture()
        #expect(fixture.chats.count == 8)
        for chat in fixture.chats {
            let prompt = template.render(try chat.messages.map { try $0.message() }, addingAssistantHeader: chat.header)
            #expect(prompt.text.isIdentical(to: chat.text))
            // Hugging Face's tokenizers find control tokens in the contents; ours never do.
            let isHarmless = chat.messages.allSatisfy { !$0.content.contains("<|") }
            #expect((tokenizer.encode(prompt) == chat.ids) == isHarmless)
        }
        for example in fixture.controlDecoded {
            #expect(tokenizer.decode(example.ids, controlTokens: true).isIdentical(to: example.with))
            #expect(tokenizer.decode(example.ids).isIdentical(to: example.without))
        }
    }

    @Test(arguments: RealModel.cached)
    func namesOfControlTokensAreText(model: RealModel) throws {
        let description = try model.description()
        let tokenizer = try Tokenizer(description)
        var count = 0
        for id in 0..<TokenID(tokenizer.vocabularySize) {
            guard let control = tokenizer.controlToken(id) else { continue }
            count += 1
            let ids = tokenizer.encode("a\(control.name)b \(control.name)\n")
            #expect(ids.allSatisfy { tokenizer.controlToken($0) == nil }, "\(control.name)")
        }
        #expect(count >= 17)
    }

    private func expect(_ ids: [TokenID], toBe digest: ModelFixture.Digest) {
        let name = digest.name ?? "line"
        #expect(ids.count == digest.count, "\(name)")
        #expect(Array(ids.prefix(digest.first.count)) == digest.first, "\(name)")
        #expect(Array(ids.suffix(digest.last.count)) == digest.last, "\(name)")
        let bytes = ids.flatMap { id in withUnsafeBytes(of: id.littleEndian) { Array($0) } }
        #expect(SHA256.hexadecimal(bytes) == digest.sha256, "\(name)")
    }
}
