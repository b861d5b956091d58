import Passages
import Tokenization

/// A text with questions whose answers' places in it are known: what a model is calibrated with.
package struct SyntheticDocument: Sendable, Hashable {
    /// A question about the text.
    package struct Question: Sendable, Hashable {
        /// What is asked.
        package var text: String
        /// The answer, which stands in one paragraph of the text and nowhere else.
        package var answer: String
        /// Where the sentence with the answer stands in the text, in UTF-8 bytes.
        package var byteRange: Range<Int>

        package init(text: String, answer: String, byteRange: Range<Int>) {
            self.text = text
            self.answer = answer
            self.byteRange = byteRange
        }
    }

    /// The text; blank lines part its paragraphs.
    package var text: String
    package var questions: [Question]

    package init(text: String, questions: [Question]) {
        self.text = text
        self.questions = questions
    }

    /// The text's windows, as a retrieval with this profile packs them in later rounds.
    func windows(
        for profile: RetrievalProfile, tokenizer: Tokenizer, paragraphBreak: [TokenID]
    ) throws -> [Window] {
        var reader = PassageReader(
            [.text(text, name: "questions")], unit: profile.unit, window: profile.window, tokenizer: tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return Window.packing(passages, size: profile.window, paragraphBreak: paragraphBreak)
    }
}
