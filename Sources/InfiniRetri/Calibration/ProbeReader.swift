import Foundation
import Tokenization
import Transformer

/// Puts a probe document's questions to a model, and scores every passage by every head.
package struct ProbeReader {
    let model: any LanguageModel
    /// How attention becomes scores of passages; its heads are not looked at. Its rows must have weights that the question
    /// and the text alone give: not those of the paper.
    let profile: RetrievalProfile
    /// Number of layers that are read, from the first.
    let layers: Int

    package init(model: any LanguageModel, profile: RetrievalProfile, layers: Int) {
        self.model = model
        self.profile = profile
        self.layers = layers
    }

    /// The scores for all questions of a document.
    package func read(_ document: ProbeDocument) throws -> HeadScores {
        let prompts = document.questions.map { QuestionPrompt(question: $0.text, rows: profile.rows, model: model) }
        let reader = HeadReader(model: model, prompts: prompts, layers: layers)
        // For each question and head the scores of all passages so far.
        var scores = [[[Float]]](
            repeating: [[Float]](repeating: [], count: reader.heads.count), count: prompts.count)
        let windows = try windows(of: document.text, paragraphBreak: prompts.first?.paragraphBreak ?? [])
        let passages = windows.flatMap(\.passages)
        var weighting = RowWeighting(
            profile.rowWeights, questions: prompts,
            frequencies: PassageFrequencies(vocabulary: model.shape.vocabulary))
        weighting.note(passages)
        for window in windows {
            try reader.read(window) { question, attention in
                let weights = weighting.weights(of: question)
                for head in reader.heads.indices {
                    scores[question][head] += passageScores(of: window, head: head, attention, weights: weights)
                }
            }
        }
        var result = HeadScores(heads: reader.heads)
        for (question, scores) in zip(document.questions, scores) {
            guard let answering = passages.firstIndex(where: { $0.byteRange.overlaps(question.byteRange) }) else {
                continue
            }
            result.probes.append(
                HeadScores.Probe(answering: answering, passages: passages.count, values: scores.flatMap(\.self)))
        }
        return result
    }

    private func windows(of text: String, paragraphBreak: [TokenID]) throws -> [Window] {
        var reader = PassageReader(
            [.text(text, name: "probes")], unit: profile.unit, longestPassage: min(192, profile.window / 2),
            tokenizer: model.tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return Window.packing(passages, size: profile.window, paragraphBreak: paragraphBreak)
    }

    /// The scores of a window's passages by one head: its weighted rows summed and filtered along the window, and of
    /// every passage what the profile makes of its tokens.
    private func passageScores(
        of window: Window, head: Int, _ attention: AttentionCapture, weights: [Float]
    ) -> [Float] {
        var summed = [Float](repeating: 0, count: attention.probe.columns.count)
        for (row, weight) in weights.enumerated() {
            attention.row(head: head, row: row).withUnsafeBufferPointer { values in
                for column in summed.indices { summed[column] += weight * values[column] }
            }
        }
        let tokens = AttentionScores.phraseScores(summed[...], width: profile.phraseWidth)
        return window.spans.map { spans in
            let all = spans[0].lowerBound..<spans[spans.count - 1].upperBound
            return profile.keeping.score(of: tokens[all])
        }
    }
}
