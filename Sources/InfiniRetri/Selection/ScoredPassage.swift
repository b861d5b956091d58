/// A passage with what the attention says about it.
package struct ScoredPassage: Sendable {
    package let passage: Passage
    /// Score of the whole: higher is better. Comparable between windows of one profile and question.
    package var score: Float
    /// Score of each of its sentences.
    package let sentenceScores: [Float]

    package init(passage: Passage, score: Float, sentenceScores: [Float]) {
        self.passage = passage
        self.score = score
        self.sentenceScores = sentenceScores
    }

    /// Better first; equal scores in the order of reading, so that results do not depend on the sort.
    static func isBetter(_ one: ScoredPassage, _ other: ScoredPassage) -> Bool {
        one.score == other.score ? Passage.precedes(one.passage, other.passage) : one.score > other.score
    }
}
