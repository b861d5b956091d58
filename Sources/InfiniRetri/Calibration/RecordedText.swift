import Foundation
import Passages
import Transformer

/// What a model's chosen heads saw of a text, row by row, for each of its questions: whatever a profile makes of attention
/// can be taken from it again without the model.
package struct RecordedText: Sendable {
    /// A question with what was seen for it.
    package struct Question: Sendable {
        package var prompt: QuestionPrompt
        /// Where the sentence with the answer stands in the text, in UTF-8 bytes.
        package var byteRange: Range<Int>
        /// The attention to each window's tokens, not filtered along them.
        package var attention: [AttentionScores]

        package init(prompt: QuestionPrompt, byteRange: Range<Int>, attention: [AttentionScores]) {
            self.prompt = prompt
            self.byteRange = byteRange
            self.attention = attention
        }
    }

    /// Windows of paragraphs.
    package let windows: [Window]
    package let questions: [Question]
    /// Number of token ids of the model.
    private let vocabulary: Int

    package init(windows: [Window], questions: [Question], vocabulary: Int) {
        self.windows = windows
        self.questions = questions
        self.vocabulary = vocabulary
    }

    /// For each question the tokens of the best units, by this profile, down to the one that answers: what evidence must hold
    /// to hold the answer. A unit that scores the same counts as better.
    ///
    /// It depends on the order of the units alone, so that scores of any scale compare, and units of any length.
    package func tokensToAnswer(_ profile: RetrievalProfile) -> [Int] {
        let units = windows.map { Self.units(of: $0, by: profile.unit) }
        let weighting = QueryWeights(
            profile.queryWeights, questions: questions.map(\.prompt),
            vocabulary: vocabulary)
        weighting.observe(units.flatMap { $0.map(\.passage) })
        return questions.indices.compactMap { question in
            let attention = questions[question].attention
            if let first = attention.first { weighting.observe(first, of: question) }
            let weights = weighting.weights(of: question)
            let scores = zip(units, attention).flatMap { units, attention in
                let tokens = AttentionScores.phraseScores(
                    attention.tokens(weights: weights)[...], width: profile.phraseWidth)
                return units.map { profile.selection.score(of: tokens[$0.tokens]) }
            }
            let lengths = units.joined().map(\.tokens.count)
            let answering = units.joined().map { $0.passage.textRange.overlaps(questions[question].byteRange) }
            guard let answer = answering.firstIndex(of: true) else { return nil }
            return zip(scores, lengths).reduce(0) { $0 + ($1.0 >= scores[answer] ? $1.1 : 0) }
        }
    }

    private static func units(
        of window: Window, by unit: PassageUnit
    ) -> [(passage: Passage, tokens: Range<Int>)] {
        zip(window.passages, zip(window.spans, window.extents)).flatMap { passage, places in
            let (spans, extent) = places
            return switch unit {
            case .paragraph: [(passage, extent)]
            case .sentence: zip(passage.sentences, spans).map { (Passage($0), $1) }
            }
        }
    }
}
