import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite struct RecordedTextTests {
    /// Two sentences of two tokens each for every four values of attention; the answer stands in the sentence at `answering`.
    private func text(_ attention: [[Float]], answering: Int, rows: [Int32] = [1]) -> RecordedText {
        let count = attention[0].count
        let passages = stride(from: 0, to: count, by: 4).map { start in
            var passage = Passage(sentence(at: start, startsParagraph: true))
            passage.append(sentence(at: start + 2, startsParagraph: false))
            return passage
        }
        let probe = AttentionProbe(
            heads: [AttentionHead(layer: 0, head: 0)], rows: count..<count + rows.count,
            columns: 0..<count + rows.count)
        let values = attention.flatMap { $0 + rows.map { _ in Float(0.5) } }
        let scores = AttentionScores(
            AttentionCapture(probe: probe, values: values), contextCount: count, phraseWidth: 1)
        let question = RecordedText.Question(
            prompt: QuestionPrompt(prefix: [], suffix: rows, queryTokens: 0..<rows.count),
            byteRange: 2 * answering..<2 * answering + 2, attention: [scores])
        return RecordedText(
            windows: [Window(passages, paragraphBreak: [])], questions: [question], vocabulary: 8)
    }

    private func sentence(at start: Int, startsParagraph: Bool) -> TokenizedSentence {
        TokenizedSentence(
            document: 0,
            sentence: Sentence(
                textRange: start..<start + 2, source: SourceSpan(byteRange: start..<start + 2, line: 1),
                startsParagraph: startsParagraph, leadingSpace: [], bytes: [0x61, 0x61]),
            tokens: [7, 7])
    }

    private func profile(
        _ unit: PassageUnit, best tokensPerUnit: Int, width: Int = 1,
        rows: RetrievalProfile.QueryWeightRule = .uniform
    ) -> RetrievalProfile {
        var profile = RetrievalProfile.unmeasured
        profile.unit = unit
        profile.selection = .bestUnits(tokensPerUnit: tokensPerUnit)
        profile.phraseWidth = width
        profile.queryWeights = rows
        return profile
    }

    @Test func whatScoresHigherMustBeReadFirst() {
        // Paragraphs by their best token: 5, 9 and 7.
        let text = text([[5, 1, 1, 1, 9, 0, 0, 0, 6, 6, 7, 0]], answering: 4)
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1)) == [8])
        // By their means: 2, 2.25 and 4.75.
        #expect(text.tokensToAnswer(profile(.paragraph, best: 4)) == [4])
        // Sentences by their best token: 5, 1, 9, 0, 6 and 7.
        #expect(text.tokensToAnswer(profile(.sentence, best: 1)) == [6])
        // By their means: 3, 1, 4.5, 0, 6 and 3.5.
        #expect(text.tokensToAnswer(profile(.sentence, best: 2)) == [2])
    }

    @Test func whatScoresTheSameCountsAsBetter() {
        let text = text([[3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0]], answering: 2)
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1)) == [12])
    }

    @Test func theFilterReachesOverTheBoundsOfUnits() {
        // Unfiltered, the answer has the best token; a box of two adds up the 4 and 4 about the next paragraph's beginning.
        let text = text([[0, 0, 0, 0, 5, 0, 0, 4, 4, 0, 0, 0]], answering: 2)
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1)) == [4])
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1, width: 2)) == [8])
    }

    @Test func rowsCountAsTheProfileSays() {
        // The second row's token stands everywhere in the text, the first row's nowhere.
        let text = text([[1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 3, 0, 0, 0]], answering: 0, rows: [1, 7])
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1)) == [8])
        #expect(text.tokensToAnswer(profile(.paragraph, best: 1, rows: .rarity)) == [4])
    }

    @Test func anAnswerThatIsNowhereIsLeftOut() {
        #expect(text([[1, 2, 3, 4]], answering: 9).tokensToAnswer(profile(.paragraph, best: 1)).isEmpty)
    }

    /// Two ways from the same attention to the order of passages: one records the rows of few heads, the other scores all heads
    /// apart. For one head both add the same numbers in the same order, so they agree to the token.
    @Test(arguments: [(0, 1), (1, 0), (1, 3)]) func recordingSeesWhatRetrievalSees(layer: Int, head: Int) throws {
        let file = try RandomModel { $0.layers = 3 }.temporaryFile()
        let model = try TransformerModel.load(path: file.path)
        var generator = SyntheticDocumentGenerator(seed: 9)
        let document = generator.next()
        let head = AttentionHead(layer: layer, head: head)
        var profile = RetrievalProfile.unmeasured
        profile.heads = .chosen([head])
        profile.window = 700
        let recorded = try TextRecorder(model: model, profile: profile).record(document)
        #expect(recorded.windows.count > 2)
        #expect(recorded.windows.allSatisfy { $0.tokens.count <= 700 })
        let scores = try SyntheticDocumentReader(model: model, profile: profile, layers: layer + 1).read(document)
        let place = try #require(scores.heads.firstIndex(of: head))
        let lengths = recorded.windows.flatMap { $0.passages.map(\.tokenCount) }
        let expected = scores.questions.map { question in
            let scores = Array(question.scores(ofHead: place))
            return zip(scores, lengths).reduce(0) { $0 + ($1.0 >= scores[question.answering] ? $1.1 : 0) }
        }
        #expect(expected.count == document.questions.count)
        #expect(recorded.tokensToAnswer(profile) == expected)
    }
}
