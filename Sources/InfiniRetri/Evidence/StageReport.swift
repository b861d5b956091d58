/// What a stage of the pipeline kept for one question: `--explain`.
public struct StageReport: Sendable, Hashable, Codable {
    /// Its name: a first stage's, `attention`, `likelihood`, `hops` or `selection`.
    public let stage: String
    /// Passages that it kept.
    public let passages: Int
    /// Their tokens.
    public let tokens: Int
    /// The best score behind it. Scores of different stages do not compare.
    public let best: Float
}
