import Transformer

/// What each attention head alone says about each passage of a document, for each question.
package struct HeadScores: Sendable {
    /// The scores for one question.
    package struct Question: Sendable {
        /// Index of the passage that answers.
        package var answering: Int
        /// Number of passages.
        package let passages: Int
        /// heads x passages, row-major; higher is better.
        package var values: [Float]

        package init(answering: Int, passages: Int, values: [Float]) {
            self.answering = answering
            self.passages = passages
            self.values = values
        }

        /// One head's scores of all passages.
        package func scores(ofHead head: Int) -> ArraySlice<Float> {
            values[head * passages..<(head + 1) * passages]
        }
    }

    /// The heads, in the order of each question's rows.
    package let heads: [AttentionHead]
    package var questions: [Question]

    package init(heads: [AttentionHead], questions: [Question] = []) {
        self.heads = heads
        self.questions = questions
    }
}
