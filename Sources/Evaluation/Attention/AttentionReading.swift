/// What the attention of every layer and head of a model makes of one question and the window that holds its answer.
public struct AttentionReading: Sendable, Codable, Equatable, Identifiable {
    /// The question's id in the data set.
    public var id: String
    /// The question.
    public var question: String
    /// Passages of the window.
    public var passages: Int
    /// For each layer, all its heads summed, the place of the passage that answers: 1 is the best.
    public var layerRanks: [Int]
    /// The same for each head of each layer.
    public var headRanks: [[Int]]
    /// For each layer the share of the window's attention that falls on the passage that answers.
    public var layerShares: [Double]
    /// The same for each head of each layer.
    public var headShares: [[Double]]
    /// Whether the model answers rightly with the whole window before it; nil where it was not asked.
    public var isCorrect: Bool?
}
