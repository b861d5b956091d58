import Documents

/// One way to tell what is worth reading again: it sees every passage of a corpus, for every question.
package protocol FirstStage<Block>: AnyObject {
    /// What it scores at once.
    associatedtype Block: PassageBlock

    /// What it sees of each passage for each question.
    /// - Returns: questions x passages; nil for a passage that is no candidate.
    func observe(_ block: Block) throws -> [[Observation?]]
}
