import Foundation
import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

/// The profile `paper` against what the authors' package computed on the same ids (scripts/fixtures/paper_parity.py).
@Suite struct PaperParityTests {
    private struct Fixture: Decodable {
        struct Window: Decodable {
            let ids: [Int32]
            let contextStart: Int
            let contextEnd: Int
            let questionStart: Int
            let questionEnd: Int
            let sentenceLengths: [Int]
            let queryWeights: [Float]
            let tokenScores: [Float]
            let keptSentences: [Int]
        }
        let topTokens: Int
        let phraseWidth: Int
        let windows: [Window]
    }

    @Test(.enabled(if: TestModels.smolLM2 != nil, "the default model is not here: make models"))
    func scoresAndSentencesEqualTheAuthorsPackage() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/paper-parity.json")
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
        let model = try TransformerModel.load(
            path: #require(TestModels.smolLM2), options: LoadOptions(arithmetic: .float32))
        var profile = RetrievalProfile.paper
        profile.selection = .bestTokens(count: fixture.topTokens)
        profile.phraseWidth = fixture.phraseWidth
        let first = fixture.windows[0]
        let prompt = QuestionPrompt(
            prefix: Array(first.ids[..<first.contextStart]), suffix: Array(first.ids[first.contextEnd...]),
            queryTokens: first.questionStart - first.contextEnd..<first.questionEnd - first.contextEnd)
        // One weighting for both windows: the question's weights are those of the first.
        let scorer = try ModelScorer(
            model: model, profile: profile, prefix: prompt.prefix, meter: CostMeter(questions: 1))
        let weighting = QueryWeights(profile.queryWeights, questions: [prompt], vocabulary: model.shape.vocabulary)

        for expected in fixture.windows {
            var position = expected.contextStart
            let passages = expected.sentenceLengths.map { length in
                defer { position += length }
                let sentence = Sentence(
                    textRange: position..<position + length,
                    source: SourceSpan(byteRange: position..<position + length, line: 1),
                    startsParagraph: false, leadingSpace: [], bytes: [])
                return Passage(
                    TokenizedSentence(
                        document: 0, sentence: sentence, tokens: Array(expected.ids[position..<position + length])))
            }
            let window = Window(passages, paragraphBreak: [])
            #expect(window.tokens == Array(expected.ids[expected.contextStart..<expected.contextEnd]))
            let scores = try scorer.attention(of: [AskedPrompt(question: 0, prompt: prompt)], to: window)[0]

            weighting.observe(scores, of: 0)
            let weights = weighting.weights(of: 0)
            #expect(weights.count == expected.queryWeights.count)
            for (weight, reference) in zip(weights.map { $0.squareRoot() }, expected.queryWeights) {
                #expect(abs(weight - reference) <= 1e-3 * abs(reference))
            }
            let tokens = scores.tokens(weights: weights)
            #expect(tokens.count == expected.tokenScores.count)
            for (score, reference) in zip(tokens, expected.tokenScores) {
                #expect(abs(score - reference) <= 1e-3 * abs(reference))
            }
            guard case .bestTokens(let count) = profile.selection else {
                Issue.record("the paper keeps the sentences of the best tokens")
                continue
            }
            let isKept = WindowScoring.holdsBest(count, of: tokens, window)
            #expect(isKept.indices.filter { isKept[$0] } == expected.keptSentences)
        }
    }
}
