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

    @Test(.enabled(if: TestModels.smolLM2 != nil))
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
            rows: first.questionStart - first.contextEnd..<first.questionEnd - first.contextEnd)
        // One weighting for both windows: the question's weights are those of the first.
        let reader = try ModelScorer(model: model, profile: profile, questions: [prompt])
        var weighting = reader.makeQueryWeights()

        for expected in fixture.windows {
            var position = expected.contextStart
            let passages = expected.sentenceLengths.map { length in
                defer { position += length }
                let sentence = Sentence(
                    byteRange: position..<position + length, line: 1, startsParagraph: false, leadingSpace: [],
                    bytes: [])
                return Passage(
                    TokenizedSentence(
                        document: 0, sentence: sentence, tokens: Array(expected.ids[position..<position + length])))
            }
            let window = Window(passages, paragraphBreak: [])
            #expect(window.tokens == Array(expected.ids[expected.contextStart..<expected.contextEnd]))
            let scores = try reader.read(window, question: 0)

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
            let kept = Selection.candidates(of: window, by: scores, weights: weights, selection: profile.selection)
                .joined()
            let starts = Set(kept.map(\.passage.byteRange.lowerBound))
            let indices = passages.indices.filter { starts.contains(passages[$0].byteRange.lowerBound) }
            #expect(indices == expected.keptSentences)
        }
    }
}
