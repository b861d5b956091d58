import TestSupport
import Testing
import Tokenization

/// Streams give the tokens of the whole text, however it is cut.
@Suite struct StreamTests {
    /// All tokenizers under test by name.
    private static func tokenizers() throws -> [(name: String, tokenizer: Tokenizer)] {
        let fixture = try RulesFixture.load()
        return try RulesFixture.rules.map { ($0, try fixture.tokenizer($0)) }
            + [("sentencepiece", try Tokenizer(SentencePieceFixture.load().description))]
    }

    private func tokens(_ bytes: [UInt8], cutAt cuts: some Sequence<Int>, _ stream: TokenStream) -> [Token] {
        var tokens: [Token] = []
        var start = 0
        for cut in cuts {
            tokens += stream.push(Array(bytes[start..<cut]))
            start = cut
        }
        return tokens + stream.push(Array(bytes[start...])) + stream.finish()
    }

    @Test func everyCutOfEveryCaseGivesTheSameTokens() throws {
        let cases = try RulesFixture.load().cases.map(\.hex.bytes)
        for (name, tokenizer) in try Self.tokenizers() {
            // One stream for all texts: finishing one makes it ready for the next.
            let stream = tokenizer.stream()
            for bytes in cases {
                let whole = tokenizer.encode(utf8: bytes)
                for cut in 0...bytes.count {
                    #expect(tokens(bytes, cutAt: [cut], stream) == whole, "\(name): \(quoted(bytes)) cut at \(cut)")
                }
                #expect(
                    tokens(bytes, cutAt: 0..<bytes.count, stream) == whole, "\(name): \(quoted(bytes)) byte by byte")
            }
        }
    }

    @Test func randomCutsOfALongTextGiveTheSameTokens() throws {
        // All cases one after another, several times: longer than the pieces in which streams work.
        let cases = try RulesFixture.load().cases.map(\.hex.bytes)
        let once: [UInt8] = cases.reduce(into: []) { $0 += $1 + [0x20] }
        let text: [UInt8] = repeatElement(once, count: 60).flatMap { $0 }
        #expect(text.count > 150_000)
        var generator = SeededGenerator(seed: 1)
        for (name, tokenizer) in try Self.tokenizers() {
            let whole = tokenizer.encode(utf8: text)
            for longest in [7, 1000, 100_000] {
                var cuts: [Int] = []
                var position = 0
                while true {
                    position += Int.random(in: 0...longest, using: &generator)
                    if position >= text.count { break }
                    cuts.append(position)
                }
                let streamed = tokens(text, cutAt: cuts, tokenizer.stream())
                #expect(streamed == whole, "\(name), chunks of up to \(longest) bytes")
            }
        }
    }

    @Test(arguments: ["a", "ab", "\u{301}", " ", "\u{4E2D}", "'", "\n", "7", "\u{1161}"])
    func longRunsGiveTheSameTokensInChunks(unit: String) throws {
        // Runs without an end to a word: no chunk but the last makes tokens certain.
        let text = Array(repeatElement(Array(unit.utf8), count: 60_000 / unit.utf8.count).joined())
        for (name, tokenizer) in try Self.tokenizers() {
            let whole = tokenizer.encode(utf8: text)
            let cuts = stride(from: 777, to: text.count, by: 777)
            #expect(tokens(text, cutAt: cuts, tokenizer.stream()) == whole, "\(name)")
            #expect(whole.last?.byteRange.upperBound == text.count, "\(name)")
        }
    }

    @Test func wordsBeyondTheLongestAreCutAlike() throws {
        let tokenizer = try RulesFixture.load().tokenizer("smollm")
        // Letters of two bytes that no cut may divide, so that the longest word is one byte short.
        let text = [UInt8(ascii: "a")] + Array(String(repeating: "\u{E9}", count: WordScanner.longestWord / 2 + 3).utf8)
        let whole = tokenizer.encode(utf8: text)
        #expect(whole.contains { $0.byteRange.upperBound == WordScanner.longestWord - 1 })
        let cuts = stride(from: 300_001, to: text.count, by: 300_001)
        #expect(tokens(text, cutAt: cuts, tokenizer.stream()) == whole)
        #expect(tokenizer.decode(whole.map(\.id)) == String(decoding: text, as: UTF8.self))
    }

    @Test func tokensComeBeforeTheEndOfTheText() throws {
        let stream = try RulesFixture.load().tokenizer("smollm").stream()
        let first = stream.push(Array("The quick brown fox ".utf8))
        #expect(first.last?.byteRange.upperBound == 19)
        let rest = stream.push(Array("jumps".utf8))
        #expect(rest.isEmpty)
        #expect(stream.finish().first?.byteRange.lowerBound == 19)
    }
}
