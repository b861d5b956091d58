import InfiniRetri
import Testing

@Suite struct SelectionTests {
    /// A passage of one-token-per-character sentences.
    private func passage(_ lengths: [Int], at offset: Int) -> Passage {
        var start = offset
        let sentences = lengths.map { length in
            defer { start += length }
            return TokenizedSentence(
                document: 0,
                sentence: Sentence(
                    textRange: start..<start + length, source: SourceSpan(byteRange: start..<start + length, line: 1),
                    startsParagraph: start == offset, leadingSpace: [], bytes: Array(repeating: 0x61, count: length)),
                tokens: (0..<length).map { Int32(start + $0) })
        }
        return sentences.dropFirst().reduce(into: Passage(sentences[0])) { $0.append($1) }
    }

    /// What the plan's rules and a budget keep; a passage costs one token beyond its own.
    private func evidence(
        _ ranking: [ScoredPassage], budget: Int, _ change: (inout RetrievalPlan.Selection) -> Void = { _ in }
    ) throws -> [ScoredPassage] {
        let context = try ScriptedContext { plan in
            plan.budget = budget
            change(&plan.selection)
        }.context(for: [[1]], paragraphBreak: [-1])
        let selection = EvidenceSelection(context)
        return try selection.evidence(from: selection.pieces(of: ranking), for: 0)
    }

    @Test func bestComeFirstAndStayInReadingOrder() {
        let candidates = [(0, 0.1), (100, 0.9), (200, 0.5)].map { offset, score in
            ScoredPassage(passage: passage([10], at: offset), score: Float(score), sentenceScores: [Float(score)])
        }
        let kept = ScoredPassage.best(candidates.reversed(), tokens: 24, separator: 2)
        #expect(kept.map(\.passage.textRange) == [100..<110, 200..<210])
    }

    @Test func ofPassagesThatReadAlikeOnlyTheBestStays() throws {
        let copies = [(0, 0.5), (100, 0.9), (200, 0.9), (300, 0.4)].map { offset, score in
            let place = passage([10], at: offset)
            let sentence = place.sentences[0]
            let tokens: [Int32] = offset == 300 ? [1] : [7, 8]
            return ScoredPassage(
                passage: Passage(TokenizedSentence(document: 0, sentence: sentence.sentence, tokens: tokens)),
                score: Float(score), sentenceScores: [Float(score)])
        }
        let ranked = ScoredPassage.ranked(copies)
        #expect(ranked.map(\.passage.textRange) == [100..<110, 300..<310])
        #expect(
            ScoredPassage.best(copies, tokens: 100, separator: 1).map(\.passage.textRange) == [100..<110, 300..<310])
    }

    @Test func whatIsLeftGoesToTheBestSentences() {
        let first = ScoredPassage(passage: passage([10], at: 0), score: 2, sentenceScores: [2])
        let second = ScoredPassage(
            passage: passage([8, 4, 4, 8], at: 50), score: 1, sentenceScores: [0.1, 0.9, 0.8, 0.2])
        let kept = ScoredPassage.best([first, second], tokens: 22, separator: 1)
        #expect(kept.map(\.passage.textRange) == [0..<10, 58..<66])
        #expect(kept[1].sentenceScores == [0.9, 0.8])
    }

    @Test func theFirstStayWholeAndOthersGiveTheirFirstSentenceAndTheBest() throws {
        func scored(_ tokens: [Int], at offset: Int, sentences: [Float]) -> ScoredPassage {
            ScoredPassage(passage: passage(tokens, at: offset), score: 1, sentenceScores: sentences)
        }
        let ranking = [
            scored([60, 60, 60], at: 0, sentences: [0.1, 9, 0.1]),
            scored([10, 20, 10], at: 200, sentences: [0, 0.1, 9]),
            scored([10, 20, 10], at: 300, sentences: [1, 2, 3]),
            scored([10, 20], at: 400, sentences: [1, 2]),
        ]
        let kept = try evidence(ranking, budget: 1_000)
        #expect(kept.map(\.passage.textRange) == [0..<180, 200..<240, 300..<310, 330..<340, 400..<430])
        #expect(kept[3].sentenceScores == [3])
        // The second only where it is short.
        let long = try evidence(ranking, budget: 1_000) { $0.wholeTokens = 39 }
        #expect(long.map(\.passage.textRange) == [0..<180, 200..<210, 230..<240, 300..<310, 330..<340, 400..<430])
        let whole = try evidence(ranking, budget: 1_000) { $0.shortens = false }
        #expect(whole.map(\.passage.textRange) == [0..<180, 200..<240, 300..<340, 400..<430])
        #expect(try evidence([], budget: 100).isEmpty)
    }

    @Test(arguments: [1, 5, 17, 40, 1_000])
    func theBudgetHolds(budget: Int) {
        let candidates = (0..<30).map { index in
            ScoredPassage(
                passage: passage([3, 5, index % 7 + 1], at: index * 100), score: Float((index * 7) % 11),
                sentenceScores: [1, 2, Float(index % 3)])
        }
        let kept = ScoredPassage.best(candidates, tokens: budget, separator: 1)
        #expect(kept.reduce(0) { $0 + $1.passage.tokenCount + 1 } <= budget)
        #expect(zip(kept, kept.dropFirst()).allSatisfy { Passage.precedes($0.passage, $1.passage) })
    }

    @Test func meanOfBestIgnoresOrderAndDoesNotFavourBrevity() {
        let two = RetrievalProfile.SelectionRule.bestUnits(tokensPerUnit: 2)
        #expect(two.score(of: [1, 5, 3][...]) == 4)
        let twenty = RetrievalProfile.SelectionRule.bestUnits(tokensPerUnit: 20)
        #expect(twenty.score(of: [2, 4, 3, 3, 3, 3][...]) == 3)
        // One token alone counts as a quarter of the twenty.
        #expect(twenty.score(of: [5][...]) == 1)
        #expect(RetrievalProfile.SelectionRule.bestTokens(count: 3).score(of: [2, 5, 3][...]) == 5)
    }

    @Test(arguments: [(1, [1, 2, 3, 4]), (2, [1, 3, 5, 7]), (3, [3, 6, 9, 7]), (8, [10, 10, 10, 10])])
    func phraseFilterIsABoxThatLeansLeft(width: Int, expected: [Float]) {
        #expect(AttentionScores.phraseScores([1, 2, 3, 4][...], width: width) == expected)
    }

    @Test func windowsArePackedEvenly() {
        let passages = (0..<10).map { passage([30], at: $0 * 100) }
        let windows = Window.packing(passages, size: 200, paragraphBreak: [-1, -1])
        #expect(windows.map(\.passages.count) == [5, 5])
        #expect(windows.flatMap(\.passages).map(\.textRange) == passages.map(\.textRange))
        #expect(windows.allSatisfy { $0.tokens.count <= 200 })
        // A break stands between passages that are not neighbours, and spans point at the passages' tokens.
        for window in windows {
            for (passage, spans) in zip(window.passages, window.spans) {
                #expect(spans.map { Array(window.tokens[$0]) } == passage.sentences.map(\.tokens))
            }
        }
        #expect(windows[0].tokens.count(where: { $0 == -1 }) == 8)
    }
}
