import Documents
import Transformer

/// What a profile keeps of the answers to questions that it was not made with.
public struct ProfileCheck: Sendable, Hashable, Codable {
    /// The profile's name.
    public var profile: String
    /// Share of the questions whose answer stands in the evidence, each text's part for it as large as ``budget`` tokens.
    public var answerRecall: Double
    /// Questions asked.
    public var questions: Int
    /// Evidence tokens kept for a question at most.
    public var budget: Int

    /// Asks the questions of all `documents` as a user would.
    static func run(
        _ baseline: CalibrationBaseline, model: any LanguageModel, documents: [SyntheticDocument], budget: Int
    ) async throws -> ProfileCheck {
        let profile = baseline.profile
        var plan = baseline.plan
        plan.budget = budget
        plan.window = min(profile.window, model.shape.contextLength / 2)
        let retriever = try Retriever(model: model, profile: profile, plan: plan)
        var kept = 0
        var questions = 0
        for document in documents {
            let events = retriever.ask(
                document.questions.map(\.text), of: [.text(document.text, name: "questions")], answering: nil)
            for try await case .evidence(let evidence, _, let question) in events {
                let asked = document.questions[question]
                questions += 1
                kept +=
                    evidence.contains {
                        $0.textRange.contains(asked.byteRange.lowerBound) && $0.text.contains(asked.answer)
                    } ? 1 : 0
            }
            try Task.checkCancellation()
        }
        return ProfileCheck(
            profile: profile.name, answerRecall: Double(kept) / Double(max(1, questions)), questions: questions,
            budget: budget)
    }
}
