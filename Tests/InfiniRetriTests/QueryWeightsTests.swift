import InfiniRetri
import Testing
import Transformer

@Suite struct QueryWeightsTests {
    private func passage(_ tokens: [Int32], at offset: Int = 0) -> Passage {
        let sentence = Sentence(
            textRange: offset..<offset + tokens.count,
            source: SourceSpan(byteRange: offset..<offset + tokens.count, line: 1),
            startsParagraph: true, leadingSpace: [], bytes: Array(repeating: 0x61, count: tokens.count))
        return Passage(TokenizedSentence(document: 0, sentence: sentence, tokens: tokens))
    }

    private func question(_ tokens: [Int32]) -> QuestionPrompt {
        QuestionPrompt(prefix: [], suffix: tokens, queryTokens: 0..<tokens.count)
    }

    /// One head, attention `rows[i][j]`; the last columns are the rows' own.
    private func scores(_ rows: [[Float]], contextCount: Int) -> AttentionScores {
        let probe = AttentionProbe(
            heads: [AttentionHead(layer: 0, head: 0)], rows: contextCount..<contextCount + rows.count,
            columns: 0..<contextCount + rows.count)
        return AttentionScores(
            AttentionCapture(probe: probe, values: rows.flatMap(\.self)), contextCount: contextCount, phraseWidth: 1)
    }

    @Test func aTokenCountsOncePerPassage() {
        var frequencies = PassageFrequencies(vocabulary: 8)
        frequencies.add(passage([1, 1, 1, 2]))
        frequencies.add(passage([1, 3]))
        frequencies.add(passage([4]))
        #expect(frequencies.passageCount == 3)
        // ln(1 + (3 - n + 0.5) / (n + 0.5)) for n = 2, 1 and 0
        #expect(abs(frequencies.weight(of: 1) - 0.470_003_63) < 1e-6)
        #expect(abs(frequencies.weight(of: 2) - 0.980_829_25) < 1e-6)
        #expect(abs(frequencies.weight(of: 7) - 2.079_441_54) < 1e-6)
    }

    @Test func rareTokensOfTheQuestionWeighMore() {
        let weighting = QueryWeights(.rarity, questions: [question([1, 2])], vocabulary: 8)
        weighting.observe([passage([1, 2]), passage([1, 3]), passage([1, 4])])
        let weights = weighting.weights(of: 0)
        #expect(weights[1] > 4 * weights[0])
    }

    @Test func thePapersWeightsAreThoseOfTheFirstWindow() {
        let weighting = QueryWeights(.attentionToQuery, questions: [question([1, 2])], vocabulary: 8)
        weighting.observe(scores([[0.5, 0.5, 0], [0.25, 0.5, 0.25]], contextCount: 1), of: 0)
        weighting.observe(scores([[1, 0, 0], [1, 0, 0]], contextCount: 1), of: 0)
        #expect(weighting.weights(of: 0) == [0.25, 0.5625])
    }

    @Test func scoresCanBeTakenAgainWithOtherWeights() {
        let scores = scores([[1, 2, 0, 0], [10, 20, 0, 0]], contextCount: 2)
        #expect(scores.tokens(weights: [1, 1]) == [11, 22])
        #expect(scores.tokens(weights: [3, 0]) == [3, 6])
    }
}
