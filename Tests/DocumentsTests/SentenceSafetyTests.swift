import Documents
import Passages
import TestSupport
import Testing

/// What holds of any text, however absurd: nothing is lost, no character is cut, blocks change nothing.
@Suite struct SentenceSafetyTests {
    private static let pieces = [
        ".", "?", "!", "。", "．", "…", " ", " ", "\n", "\r\n", "\u{2028}", "\u{A0}", "a", "B", "字", "é", "e\u{301}", "👩‍👩‍👧‍👦",
        "🇩🇪",
        "ก", "กำ", "(", ")", "“", "”", "»", "\"", "'", "1", "３", "z. B.", "Dr", "ب", "\u{301}", "\u{200D}", ";", "α",
        ",", "、", "-",
        "\t", "각", "क्षि", "\u{600}", "‼", "[1]", "v", "I", "A",
    ]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    @Test(arguments: [5, 9, 40, 2_000])
    func anyTextIsCutBetweenCharactersAndLosesNothing(longest: Int) throws {
        var random = SeededGenerator(seed: UInt64(longest))
        var segmentation = Segmentation()
        segmentation.longestSentence = longest
        for _ in 0..<1_500 {
            let text = (0..<Int.random(in: 1...150, using: &random))
                .map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }.joined()
            let bytes = Array(text.utf8)
            let found = Sentence.all(in: bytes, segmentation: segmentation)
            let blockSize = Int.random(in: 1...20, using: &random)
            #expect(try Sentence.all(in: bytes, segmentation: segmentation, blockSize: blockSize) == found)
            var end = 0
            for sentence in found {
                let start = sentence.textRange.lowerBound
                try #require(start >= end)
                #expect(bytes[end..<start].allSatisfy(Self.isSpace))
                #expect(String(validating: sentence.bytes, as: UTF8.self) != nil)
                let isCharacter = String.Index(text.utf8.index(text.startIndex, offsetBy: start), within: text) != nil
                // White space is no part of a sentence, not even where a mark stands on it.
                #expect(isCharacter || start > 0 && Self.isSpace(bytes[start - 1]), "\(text.debugDescription)")
                end = sentence.textRange.upperBound
            }
            #expect(bytes[end...].allSatisfy(Self.isSpace))
        }
    }

    @Test(arguments: ["\u{301}", "👩‍", "🇩🇪", "\u{200D}", "A. ", "(。)", ". (", "ก ", "。"])
    func endlessRepetitionIsCut(unit: String) throws {
        let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
        let found = try Sentence.all(in: Array(text.utf8), blockSize: 4_096)
        #expect(found.allSatisfy { String(validating: $0.bytes, as: UTF8.self) != nil })
        #expect(found.map(\.bytes.count).max() ?? 0 <= TextBlock.longestStretch * 2)
        #expect(found.reduce(0) { $0 + $1.text.utf8.count { $0 != 0x20 } } == text.utf8.count { $0 != 0x20 })
    }
}
