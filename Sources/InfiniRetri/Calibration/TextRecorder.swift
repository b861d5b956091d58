import Documents
import Tokenization
import Transformer

/// Puts a synthetic document's questions to all its windows, and keeps what the profile's heads see.
package struct TextRecorder {
    private let model: any LanguageModel
    private let profile: RetrievalProfile

    /// - Parameter profile: Which heads are read, in windows of which size, from which rows.
    package init(model: any LanguageModel, profile: RetrievalProfile) {
        self.model = model
        var profile = profile
        profile.unit = .paragraph
        profile.phraseWidth = 1
        self.profile = profile
    }

    package func record(_ document: SyntheticDocument) throws -> RecordedText {
        let prompts = document.questions.map { QuestionPrompt(question: $0.text, profile: profile, model: model) }
        let scorer = try ModelScorer(
            model: model, profile: profile, prefix: prompts.first?.prefix ?? [],
            meter: CostMeter(questions: prompts.count))
        let asked = prompts.enumerated().map { AskedPrompt(question: $0, prompt: $1) }
        let windows = try document.windows(
            for: profile, tokenizer: model.tokenizer, paragraphBreak: prompts.first?.paragraphBreak ?? [])
        var attention = prompts.map { _ in [AttentionScores]() }
        for window in windows {
            try Task.checkCancellation()
            for (question, scores) in try scorer.attention(of: asked, to: window).enumerated() {
                attention[question].append(scores)
            }
        }
        let questions = document.questions.indices.map { question in
            RecordedText.Question(
                prompt: prompts[question], byteRange: document.questions[question].byteRange,
                attention: attention[question])
        }
        return RecordedText(windows: windows, questions: questions, vocabulary: model.shape.vocabulary)
    }
}
