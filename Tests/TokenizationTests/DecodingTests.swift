import Testing
import Tokenization

/// Tokens to text, whole and one by one.
@Suite struct DecodingTests {
    @Test func piecesOfAStreamJoinToTheWhole() throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer("gpt-2")
        for example in fixture.cases {
            let ids = try #require(example.ids("gpt-2"))
            var decoder = tokenizer.makeDecoder(controlTokens: true)
            var text = ""
            for id in ids {
                let piece = decoder.push(id)
                // A piece never ends inside a character that later bytes complete.
                let isRepaired = piece.unicodeScalars.last == "\u{FFFD}"
                #expect(!isRepaired || example.decoded.unicodeScalars.contains("\u{FFFD}"))
                text += piece
            }
            text += decoder.finish()
            #expect(text.isIdentical(to: example.decoded), "\(quoted(example.hex.bytes))")
        }
    }

    @Test func charactersAreHeldUntilTheyAreComplete() throws {
        let tokenizer = try byteTokenizer()
        var decoder = tokenizer.makeDecoder()
        #expect(decoder.push([0xF0, 0x9F].map(TokenID.init)).isEmpty)
        #expect(decoder.push(0x98).isEmpty)
        #expect(decoder.push(0x80) == "\u{1F600}")
        // Bytes that cannot become a character are given out as soon as that is clear.
        #expect(decoder.push([0xE2, 0x82, 0x41].map(TokenID.init)) == "\u{FFFD}A")
        #expect(decoder.push(0xC3).isEmpty)
        #expect(decoder.finish() == "\u{FFFD}")
        #expect(decoder.finish().isEmpty)
        #expect(decoder.push(0x41) == "A")
    }

    @Test func anyBytesAreRepairedAsTheStandardSays() throws {
        let tokenizer = try byteTokenizer()
        for example in try RulesFixture.load().cases {
            let ids = example.hex.bytes.map(TokenID.init)
            var decoder = tokenizer.makeDecoder()
            let text = ids.map { decoder.push($0) }.joined() + decoder.finish()
            let expected = String(decoding: example.hex.bytes, as: UTF8.self)
            #expect(text.isIdentical(to: expected), "\(quoted(example.hex.bytes))")
        }
    }

    @Test func numbersOutsideOfTheVocabularyAreNothing() throws {
        let tokenizer = try byteTokenizer()
        #expect(tokenizer.decode([-1, 0x41, 1_000_000]) == "A")
        #expect(tokenizer.bytes(of: -1).isEmpty)
        #expect(tokenizer.bytes(of: .max).isEmpty)
        #expect(tokenizer.controlToken(1_000_000) == nil)
    }

    /// A vocabulary in which the number of a token is its byte.
    private func byteTokenizer() throws -> Tokenizer {
        let printable = Array(0x21...0x7E) + Array(0xA1...0xAC) + Array(0xAE...0xFF)
        var next: UInt32 = 0x100
        var tokens: [String] = []
        for byte in 0..<UInt32(256) {
            var scalar = byte
            if !printable.contains(Int(byte)) {
                scalar = next
                next += 1
            }
            tokens.append(String(Character(try #require(Unicode.Scalar(scalar)))))
        }
        var description = TokenizerDescription(model: "gpt2", preTokenizer: "gpt-2", tokens: PackedStrings(tokens))
        description.merges = []
        return try Tokenizer(description)
    }
}
