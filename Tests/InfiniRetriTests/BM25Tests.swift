import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite struct BM25Tests {
    private static let texts = [
        "The ship came back in spring, and the ship was counted.", "The heron stood by the river Río.",
        "In spring the river rises, as in all the years before, and nobody counts what comes and goes and stays.",
        "The harbour’s lamp was lit.", "北京的河。",
    ]

    /// Texts as passages, each with its sentences.
    private struct Passages: LexicalText {
        var sentences: [[[UInt8]]]
        var passages: Range<Int> { sentences.indices }

        func forEachSentence(of passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
            for sentence in sentences[passage] { sentence.withUnsafeBytes(body) }
        }
    }

    private func scores(_ question: String, of texts: [String] = texts) -> [Float] {
        let passages = Passages(sentences: texts.map { [Array($0.utf8)] })
        let queries = ["Another question, about rivers?", question].map { LexicalQuery($0) }
        let scores = BM25(queries, over: passages).scores(of: passages)[1]
        // A passage of one sentence is that sentence.
        #expect(scores.sentences == scores.passages)
        return scores.passages
    }

    @Test func passagesWithTheRareWordsComeFirst() {
        let scores = scores("Who saw the heron by the river?")
        #expect(scores.indices.max { scores[$0] < scores[$1] } == 1)
        // "by" and "heron" stand in one text, "river" in two, "the" in all but one.
        #expect(scores[1] > scores[2] && scores[2] > scores[3] && scores[3] > 0)
    }

    @Test func scoresAreThoseComputedByHand() {
        // Three passages of 2, 2 and 4 words, mean 8/3. "fox" stands in one, "red" in two.
        let scores = scores("red fox?", of: ["red fox", "Red dog", "the quick brown cat"])
        // idf(red) = ln(1 + 1.5/2.5) = 0.470004, idf(fox) = ln(1 + 2.5/1.5) = 0.980829
        // norm of the two-word passages = 1.2 * (0.25 + 0.75 * 2 / (8/3)) = 0.975; a word once counts 2.2 / 1.975
        #expect(abs(scores[0] - (0.470004 + 0.980829) * 2.2 / 1.975) < 1e-5)
        #expect(abs(scores[1] - 0.470004 * 2.2 / 1.975) < 1e-5)
        #expect(scores[2] == 0)
    }

    @Test func letterCaseAndPunctuationDoNotCount() {
        #expect(scores("HERON") == scores("“heron”…"))
        #expect(scores("heron")[1] > 0)
        #expect(scores("harbour\u{A0}lamp")[3] > scores("lamp")[3] / 2)
        #expect(scores("harbour")[3] > 0, "an apostrophe ends a word")
    }

    @Test func wordsAreWhole() {
        #expect(scores("hero") == [0, 0, 0, 0, 0])
        #expect(scores("río")[1] > 0)
    }

    @Test func scriptsWithoutSpacesAreReadByTheCharacter() {
        #expect(scores("河在哪里？")[4] > 0)
        #expect(scores("。")[4] == 0)
    }

    @Test func nothingSharedIsNothing() {
        #expect(scores("?! ... --") == [0, 0, 0, 0, 0])
        #expect(scores("", of: []).isEmpty)
    }

    @Test func sentencesAreScoredAmongSentences() {
        let passages = Passages(sentences: [
            [Array("The ship sank. ".utf8), Array("The heron flew over the ship.".utf8)], [Array("Nothing else.".utf8)],
        ])
        let bm25 = BM25([LexicalQuery("ship heron")], over: passages)
        let scores = bm25.scores(of: passages)[0]
        #expect(scores.sentences.count == 3 && scores.passages.count == 2)
        #expect(scores.sentences[1] > scores.sentences[0] && scores.sentences[0] > 0 && scores.sentences[2] == 0)
        // What stands in no passage is open: one of two has each word, ln(1 + 1.5 / 1.5).
        #expect(abs(bm25.missing(from: [1], of: passages) - 2 * 0.693147) < 1e-5)
        #expect(bm25.missing(from: [0, 1], of: passages) == 0)
    }

    @Test func pairsOfNeighboursTellWordsOfScriptsWithoutSpaces() {
        let scores = scores("钥匙", of: ["匙钥在这里。", "钥匙在这里。"])
        #expect(scores[1] > scores[0] && scores[0] > 0)
    }

    @Test func anyBytesAreText() {
        let strange: [[UInt8]] = [[0xC2], [0xE2, 0x80], [0xE3, 0x80], [0xE4], [0xFF, 0x41, 0x80], []]
        let passages = Passages(sentences: strange.map { [$0] })
        #expect(BM25([LexicalQuery("a")], over: passages).scores(of: passages)[0].passages == strange.map { _ in 0 })
    }
}
