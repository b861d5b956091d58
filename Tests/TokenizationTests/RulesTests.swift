import Testing
import Tokenization

/// Ids, ranges and decoding of edge cases, with a small vocabulary under every set of rules.
@Suite struct RulesTests {
    @Test(arguments: RulesFixture.rules)
    func edgeCasesBecomeTheSameTokens(rules: String) throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer(rules)
        #expect(fixture.cases.count > 250)
        for example in fixture.cases {
            let tokens = tokenizer.encode(utf8: example.hex.bytes)
            #expect(tokens.map(\.id) == example.ids(rules), "\(quoted(example.hex.bytes))")
            let text = String(decoding: example.hex.bytes, as: UTF8.self)
            #expect(tokenizer.encode(text) == example.ids(rules), "\(quoted(example.hex.bytes))")
        }
    }

    @Test func theRulesDiffer() throws {
        // Otherwise the comparison above would not tell them apart.
        let cases = try RulesFixture.load().cases
        for left in RulesFixture.rules {
            for right in RulesFixture.rules where left != right {
                #expect(cases.contains { $0.ids(left) != $0.ids(right) }, "\(left) and \(right)")
            }
        }
    }

    @Test(arguments: RulesFixture.rules)
    func rangesJoinAndHoldTheTokensBytes(rules: String) throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer(rules)
        for example in fixture.cases {
            let bytes = example.hex.bytes
            let tokens = tokenizer.encode(utf8: bytes)
            var end = 0
            for token in tokens {
                #expect(token.byteRange.lowerBound == end, "\(quoted(bytes))")
                end = token.byteRange.upperBound
            }
            #expect(end <= bytes.count)
            // Where nothing was repaired, normalized or left out, a token's bytes stand in its range.
            let isVerbatim = tokens.flatMap { tokenizer.bytes(of: $0.id) } == bytes
            if isVerbatim {
                #expect(end == bytes.count)
                for token in tokens {
                    #expect(Array(bytes[token.byteRange]) == tokenizer.bytes(of: token.id), "\(quoted(bytes))")
                }
            }
        }
    }

    @Test func rangesPointAroundRewrittenBytes() throws {
        let tokenizer = try RulesFixture.load().tokenizer("qwen2")
        // A composed letter, a repaired byte, and what follows them.
        let bytes = Array("e\u{301}x".utf8) + [0xFF] + Array("y".utf8)
        let tokens = tokenizer.encode(utf8: bytes)
        #expect(tokenizer.decode(tokens.map(\.id)) == "\u{E9}x\u{FFFD}y")
        let x = try #require(tokens.first { tokenizer.bytes(of: $0.id).contains(UInt8(ascii: "x")) })
        #expect(x.byteRange.contains(3))
        #expect(tokens.last?.byteRange == 5..<6)
    }

    @Test func bytesWithoutTokensBelongToNeighbours() throws {
        let tokenizer = try RulesFixture.load().tokenizer("gpt-2")
        // U+0004 has no token in the small vocabulary.
        let tokens = tokenizer.encode(utf8: Array("a\u{4}b \u{4}".utf8))
        #expect(tokens.map { tokenizer.bytes(of: $0.id) } == [Array("a".utf8), Array("b".utf8), Array(" ".utf8)])
        #expect(tokens.map(\.byteRange) == [0..<1, 1..<3, 3..<5])
    }

    @Test func decodingGivesBackWhatHuggingFaceDecodes() throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer("gpt-2")
        for example in fixture.cases {
            let ids = try #require(example.ids("gpt-2"))
            #expect(
                tokenizer.decode(ids, controlTokens: true).isIdentical(to: example.decoded),
                "\(quoted(example.hex.bytes))")
        }
    }

    @Test func unknownRulesFallBackWithAWarning() throws {
        let fixture = try RulesFixture.load()
        let unknown = try Tokenizer(fixture.description("no-such-rules"))
        let known = try Tokenizer(fixture.description("default"))
        let none = try Tokenizer(fixture.description(nil))
        #expect(unknown.warnings.count == 1)
        #expect(unknown.warnings.first?.contains("no-such-rules") == true)
        #expect(known.warnings.isEmpty)
        for example in fixture.cases {
            let expected = known.encode(utf8: example.hex.bytes)
            #expect(unknown.encode(utf8: example.hex.bytes) == expected)
            #expect(none.encode(utf8: example.hex.bytes) == expected)
        }
    }

    @Test func tokenizersWorkInManyTasksAtOnce() async throws {
        let fixture = try RulesFixture.load()
        let tokenizer = try fixture.tokenizer("smollm")
        let texts = fixture.cases.map(\.hex.bytes)
        let expected = texts.map { tokenizer.encode(utf8: $0) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { texts.map { tokenizer.encode(utf8: $0) } == expected }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }
}
