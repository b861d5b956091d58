import Passages

/// What stages ask of a model: how well text answers a question. All that they know of it.
///
/// Its conformances: ``ModelScorer``, and in tests one that says what it is told to.
package protocol PassageScorer: AnyObject {
    /// The attention of each prompt's query tokens to the tokens of a window (steps 3 and 4 of the paper). The window is read
    /// once for all prompts.
    /// - Returns: As many scores as prompts.
    func attention(of prompts: [AskedPrompt], to window: Window) throws -> [AttentionScores]

    /// How probable each reading, behind some passages, makes a question: the mean log-probability of its tokens, in nats (query
    /// likelihood, arXiv 2204.07496).
    /// - Parameter readings: Passages that are read together, in order: what is scored, and what stands before it.
    /// - Returns: As many as readings.
    func likelihoods(of prompt: AskedPrompt, behind given: [Passage], after readings: [[Passage]]) throws -> [Float]

    /// How probable a question is without any passage.
    func likelihood(of prompt: AskedPrompt) throws -> Float

    /// How much more probable some passages and the question behind them make the beginnings of others than nothing does: the
    /// information that they have about each, in nats (pointwise mutual information).
    /// - Parameter tokens: So many of each passage's first tokens.
    /// - Returns: As many as passages.
    func information(
        about passages: [Passage], tokens: Int, behind given: [Passage], _ prompt: AskedPrompt
    ) throws -> [Float]
}

/// A prompt, and the question for whom it is asked: its cost is counted for that one.
package struct AskedPrompt {
    package let question: Int
    package let prompt: QuestionPrompt

    package init(question: Int, prompt: QuestionPrompt) {
        self.question = question
        self.prompt = prompt
    }
}
