import Documents

/// The question's attention to every window (steps 2 and 3 of the paper), each window alone. One pass over a window serves every
/// question.
final class WindowStage: FirstStage {
    private let context: RetrievalContext
    private let asked: [AskedPrompt]

    init(_ context: RetrievalContext) {
        self.context = context
        asked = context.questions.enumerated().map { AskedPrompt(question: $0, prompt: $1) }
    }

    func observe(_ block: DocumentWindow) throws -> [[Observation?]] {
        let window = Window(block.passages, paragraphBreak: context.paragraphBreak)
        return try context.scorer.attention(of: asked, to: window).enumerated().map { question, scores in
            context.weights.observe(scores, of: question)
            return WindowCandidates.of(
                window, by: scores, weights: context.weights.weights(of: question), rule: context.profile.selection)
        }
    }
}
