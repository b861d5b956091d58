import InfiniRetri
import Transformer

/// Reads questions and the windows that hold their answers, and keeps what reports show (`analyze`).
public struct AttentionStudy: Sendable {
    /// Of each question what every layer and head makes of it.
    public private(set) var readings: [AttentionReading] = []
    /// Of the first questions what the profile's heads see.
    public private(set) var views: [AttentionView] = []

    private let model: any LanguageModel
    private let survey: AttentionSurvey
    private let profile: RetrievalProfile
    private let shownQuestions: Int

    /// - Parameters:
    ///   - profile: Whose heads heat maps show.
    ///   - window: Tokens of a window; nil takes the profile's.
    ///   - shownQuestions: Heat maps at most.
    public init(model: any LanguageModel, profile: RetrievalProfile, window: Int? = nil, shownQuestions: Int = 4) {
        self.model = model
        self.profile = profile
        self.shownQuestions = shownQuestions
        survey = AttentionSurvey(model: model, window: window ?? profile.window)
    }

    /// Reads a question about one text.
    public mutating func read(question: String, answer: String, in text: String, budget: Int, answerTokens: Int?)
        async throws
    {
        let record = QuestionRecord(question: question, context: text, answers: [answer])
        try await read([("question", record)], budget: budget, answerTokens: answerTokens)
    }

    /// Reads all questions of a data set.
    /// - Parameter progress: Called with the number of finished questions and of all, after each text.
    public mutating func read(
        _ dataSet: QuestionDataSet, budget: Int, answerTokens: Int?, progress: (Int, Int) -> Void
    ) async throws {
        for entries in dataSet.texts {
            try await read(
                entries.map { ($0.id, try dataSet.record(of: $0)) }, budget: budget, answerTokens: answerTokens)
            progress(entries.endIndex, dataSet.entries.count)
        }
    }

    private mutating func read(
        _ records: [(id: String, record: QuestionRecord)], budget: Int, answerTokens: Int?
    ) async throws {
        try Task.checkCancellation()
        var shown: [AttentionView] = []
        let room = shownQuestions - views.count
        readings += try await survey.read(records, answerTokens: answerTokens) { seen, answering, reading in
            guard shown.count < room else { return }
            shown.append(
                try AttentionView(
                    seen, answering: answering, question: reading.question, profile: profile, budget: budget,
                    model: model))
        }
        views += shown
    }
}
