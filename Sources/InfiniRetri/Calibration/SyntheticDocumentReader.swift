import Foundation
import Passages
import Tokenization
import Transformer

/// Puts a synthetic document's questions to a model, and scores every passage by every head.
package struct SyntheticDocumentReader {
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

    /// The scores for all questions of a document: every question is put to every window.
    package func read(_ document: SyntheticDocument) throws -> HeadScores {
        let prompts = prompts(of: document)
        let reader = HeadReader(model: model, prompts: prompts, layers: layers)
        // For each question and head the scores of all passages so far.
        var scores = [[[Float]]](
            repeating: [[Float]](repeating: [], count: reader.heads.count), count: prompts.count)
        let windows = try document.windows(
            for: profile, tokenizer: model.tokenizer, paragraphBreak: prompts.first?.paragraphBreak ?? [])
        let passages = windows.flatMap(\.passages)
        let weighting = weighting(prompts, passages)
        for window in windows {
            try reader.read(window) { question, attention in
                let view = WindowAttention(
                    window: window, attention: attention, weights: weighting.weights(of: question))
                for head in reader.heads.indices {
                    scores[question][head] += view.passageScores(heads: head..<head + 1, profile: profile)
                }
            }
        }
        var result = HeadScores(heads: reader.heads)
        for (question, scores) in zip(document.questions, scores) {
            guard let answering = passages.firstIndex(where: { $0.textRange.overlaps(question.byteRange) }) else {
                continue
            }
            result.questions.append(
                HeadScores.Question(answering: answering, passages: passages.count, values: scores.flatMap(\.self)))
        }
        return result
    }

    /// Puts every question to the one window that holds its answer.
    ///
    /// - Parameter body: Takes a question's index, the index of the passage that answers, and what was seen.
    package func readAnswering(
        _ document: SyntheticDocument, _ body: (_ question: Int, _ answering: Int, WindowAttention) throws -> Void
    ) throws {
        let prompts = prompts(of: document)
        let windows = try document.windows(
            for: profile, tokenizer: model.tokenizer, paragraphBreak: prompts.first?.paragraphBreak ?? [])
        let weighting = weighting(prompts, windows.flatMap(\.passages))
        for window in windows {
            let asked = document.questions.indices.compactMap { question in
                window.passages.firstIndex { $0.textRange.overlaps(document.questions[question].byteRange) }
                    .map { (question: question, answering: $0) }
            }
            let reader = HeadReader(model: model, prompts: asked.map { prompts[$0.question] }, layers: layers)
            try reader.read(window) { index, attention in
                let (question, answering) = asked[index]
                try body(
                    question, answering,
                    WindowAttention(
                        window: window, attention: attention, weights: weighting.weights(of: question)))
            }
        }
    }

    private func prompts(of document: SyntheticDocument) -> [QuestionPrompt] {
        document.questions.map { QuestionPrompt(question: $0.text, profile: profile, model: model) }
    }

    private func weighting(_ prompts: [QuestionPrompt], _ passages: [Passage]) -> QueryWeights {
        let weighting = QueryWeights(
            profile.queryWeights, questions: prompts,
            vocabulary: model.shape.vocabulary)
        weighting.observe(passages)
        return weighting
    }
}
