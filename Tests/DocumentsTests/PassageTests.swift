import Passages
import TestSupport
import Testing

/// What is read of faulty bytes, and where evidence of it points.
@Suite struct PassageTests {
    @Test func repairedTextPointsAtTheBytesThatItStandsFor() throws {
        let bytes =
            [0xEF, 0xBB, 0xBF] + Array("One is here.\n\nTwo is ".utf8) + [0xFF, 0xC3] + Array(" there.\n\nThree.".utf8)
        let file = try TemporaryFile(bytes, suffix: ".txt")
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        var reader = PassageReader([.file(path: file.path)], unit: .paragraph, tokenizer: tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        #expect(passages.map(\.text) == ["One is here.", "Two is \u{FFFD}\u{FFFD} there.", "Three."])
        for passage in passages {
            let range = try #require(passage.source.byteRange)
            #expect(String(decoding: bytes[range], as: UTF8.self) == passage.text)
        }
        #expect(passages.map(\.source.line) == [1, 3, 5])
        // Offsets of the text are those of the text, whatever the bytes.
        #expect(passages[1].textRange.count == passages[1].text.utf8.count)
        #expect(reader.endings.map { $0?.bytes } == [bytes.count])
    }

    @Test func longSentencesAreCutBetweenTokensAndLoseNothing() throws {
        let text = String(repeating: "鑰匙 in the hall ", count: 40)
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        var segmentation = Segmentation()
        segmentation.longestPassage = 20
        var reader = PassageReader(
            [.text(text, name: "")], unit: .paragraph, segmentation: segmentation, tokenizer: tokenizer)
        var joined: [UInt8] = []
        while let passage = try reader.next() {
            #expect(passage.tokenCount <= 20)
            #expect(passage.textRange.lowerBound == joined.count)
            joined += passage.sentences.flatMap(\.sentence.bytes)
        }
        #expect(joined == Array(text.utf8.dropLast()))
    }

    @Test(arguments: [
        "a " + String(repeating: "鑰匙", count: 45), String(repeating: "👩‍👩‍👧‍👦", count: 30),
        "e" + String(repeating: "\u{301}", count: 90),
    ])
    func piecesOfLongSentencesAreText(text: String) throws {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        for longest in [1, 2, 7, 20, 64] {
            var joined = ""
            for sentence in Sentence.all(in: Array(text.utf8)) {
                let pieces = TokenizedSentence.pieces(of: sentence, document: 0, longest: longest, tokenizer: tokenizer)
                for piece in pieces {
                    #expect(String(validating: piece.sentence.bytes, as: UTF8.self) != nil)
                    let bytes = piece.tokens.flatMap(tokenizer.bytes)
                    #expect(String(validating: bytes, as: UTF8.self)?.hasSuffix(piece.sentence.text) == true)
                    #expect(piece.tokens.count <= max(longest, 4))
                }
                #expect(
                    pieces.map(\.sentence.textRange.lowerBound).dropFirst()
                        == pieces.map(\.sentence.textRange.upperBound).dropLast()[...])
                joined += (joined.isEmpty ? "" : " ") + pieces.map(\.sentence.text).joined()
                // Where whole characters find room, none is cut.
                if longest >= 64, text.utf8.count < 64 * text.count {
                    #expect(pieces.reduce(0) { $0 + $1.sentence.text.count } == sentence.text.count)
                }
            }
            #expect(joined == text)
        }
    }

    @Test func aPassageTakesHalfAWindowAtMost() {
        let segmentation = Segmentation()
        #expect(segmentation.longestPassage(inWindow: nil) == 192)
        #expect(segmentation.longestPassage(inWindow: 1_500) == 192)
        #expect(segmentation.longestPassage(inWindow: 200) == 100)
    }
}
