import Passages

/// One way to tell what is worth reading again: it scores every passage of a corpus, for every question.
package protocol FirstStage {
    /// - Parameter report: Gets how far reading has come, where the stage reads.
    /// - Returns: For each question what the stage says.
    func scores(of corpus: Corpus, report: (ReadingProgress) -> Void) throws -> [StageScores]
}

/// What a first stage says of every passage for one question. Higher is better; scales of different columns do not compare.
package struct StageScores: Sendable {
    /// Scores of all passages, in one way or several.
    package var columns: [[Float]]
    /// Scores of all sentences.
    package var sentences: [Float]

    package init(columns: [[Float]], sentences: [Float]) {
        self.columns = columns
        self.sentences = sentences
    }
}
