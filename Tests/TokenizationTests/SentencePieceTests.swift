import Testing
import Tokenization

/// SentencePiece's byte-pair encoding, against SentencePiece.
@Suite struct SentencePieceTests {
    @Test func edgeCasesBecomeTheSameTokens() throws {
        let fixture = try SentencePieceFixture.load()
        let tokenizer = try Tokenizer(fixture.description)
        #expect(fixture.cases.count > 250)
        for example in fixture.cases {
            let tokens = tokenizer.encode(utf8: example.hex.bytes)
            #expect(tokens.map(\.id) == example.ids, "\(quoted(example.hex.bytes))")
            // The space that is put before a text has no bytes there.
            var end = 0
            for token in tokens {
                #expect(token.byteRange.lowerBound == end, "\(quoted(example.hex.bytes))")
                end = token.byteRange.upperBound
            }
            #expect(end == example.hex.bytes.count, "\(quoted(example.hex.bytes))")
        }
    }

    @Test func decodingGivesBackTheText() throws {
        let fixture = try SentencePieceFixture.load()
        let tokenizer = try Tokenizer(fixture.description)
        for example in fixture.cases {
            let text = String(decoding: example.hex.bytes, as: UTF8.self)
            // Vocabularies cannot tell the character that they write spaces by from a space.
            let expected = text.replacing("\u{2581}", with: " ")
            #expect(tokenizer.decode(example.ids).isIdentical(to: expected), "\(quoted(example.hex.bytes))")
        }
    }

    @Test func noSpaceIsPutBeforeTextIfTheModelSaysSo() throws {
        var description = try SentencePieceFixture.load().description
        description.addsSpacePrefix = false
        let tokenizer = try Tokenizer(description)
        let tokens = tokenizer.encode(utf8: Array("the".utf8))
        #expect(tokenizer.bytes(of: try #require(tokens.first).id).first == UInt8(ascii: "t"))
        #expect(tokenizer.decode(tokens.map(\.id)) == "the")
        #expect(tokenizer.decode(tokenizer.encode(" the")) == " the")
    }

    @Test func whatTheVocabularyCannotSayIsUnknownWithoutByteTokens() throws {
        var description = TokenizerDescription(model: "llama", tokens: ["<unk>", "\u{2581}", "a", "b", "\u{2581}a"])
        description.types = [2, 1, 1, 1, 1]
        description.scores = [0, -2, -3, -4, -1]
        let tokenizer = try Tokenizer(description)
        // Unknown characters next to each other are one token.
        #expect(tokenizer.encode("a\u{4E2D}\u{6587}b") == [4, 0, 3])
    }

    @Test func tokensWithASpaceInsideAreFound() throws {
        var description = TokenizerDescription(
            model: "llama", tokens: ["<unk>", "a", "b", "\u{2581}", "a\u{2581}", "a\u{2581}b"])
        description.types = [2, 1, 1, 1, 1, 1]
        description.scores = [0, -4, -5, -6, -1, -2]
        description.addsSpacePrefix = false
        let tokenizer = try Tokenizer(description)
        #expect(tokenizer.encode("a ba b") == [5, 5])
    }
}
