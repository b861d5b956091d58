/// What an evaluation compares: anything that keeps evidence out of a text for a question, and may answer from it.
public protocol EvidenceSystem: Sendable {
    /// The settings that results depend on, for the record: strategy, budget, ...
    var settings: [String: String] { get }

    /// Keeps evidence for each of `questions` out of `context`.
    /// - Returns: As many outputs as questions, in their order.
    func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput]
}
