/// The order in which the one operator, "score the passages of a window for a question", is applied to documents.
public enum ReadingOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// Left to right: what was kept joins the next window (the paper). Evidence found early steers what is kept later.
    case fold
    /// Every window alone; the best passages of all windows are then read again together.
    case tree
}
