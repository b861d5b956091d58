import Foundation
import InfiniRetri
import Tokenization
import Transformer

/// Reads questions together with the windows that hold their answers, all layers and heads apart.
public struct AttentionSurvey: Sendable {
    private let model: any LanguageModel
    private let profile: RetrievalProfile

    /// - Parameter window: Tokens of a window.
    public init(model: any LanguageModel, window: Int? = nil) {
        self.model = model
        var profile = RetrievalProfile.unmeasured
        profile.window = min(window ?? profile.window, model.shape.contextLength / 2)
        self.profile = profile
    }

    /// What results depend on.
    public var settings: [String: String] { ["window": "\(profile.window)", "unit": profile.unit.rawValue] }

    /// Reads one text with its questions.
    ///
    /// - Parameters:
    ///   - answerTokens: Tokens that the model may answer with, its whole window before it; nil does not ask it.
    ///   - view: Called for each question with what was seen, the index of the passage that answers, and the reading.
    /// - Throws: `EvaluationError` where no answer of a question stands in the text; what the model throws.
    package func read(
        _ records: [(id: String, record: QuestionRecord)], answerTokens: Int? = nil,
        view: (WindowAttention, Int, AttentionReading) throws -> Void = { _, _, _ in }
    ) async throws -> [AttentionReading] {
        guard let text = records.first?.record.context else { return [] }
        let questions = try records.map { id, record in
            guard let place = Self.place(of: record) else {
                throw EvaluationError.invalidOption(
                    "question \(id): neither its gold passage nor an answer stands in the text, so no passage answers it"
                )
            }
            return SyntheticDocument.Question(text: record.question, answer: record.answers[0], byteRange: place)
        }
        let layers = model.shape.layers
        let heads = model.shape.heads
        var readings: [Int: AttentionReading] = [:]
        var inputs: [Int: [TokenID]] = [:]
        let reader = SyntheticDocumentReader(model: model, profile: profile, layers: layers)
        try reader.readAnswering(SyntheticDocument(text: text, questions: questions)) { question, answering, seen in
            guard readings[question] == nil else { return }
            let ofLayer = (0..<layers).map { $0 * heads..<($0 + 1) * heads }
            let ofHead = ofLayer.map { $0.map { $0..<$0 + 1 } }
            func rank(_ heads: Range<Int>) -> Int {
                let scores = seen.passageScores(heads: heads, profile: profile)
                return 1 + scores.count { $0 > scores[answering] }
            }
            func share(_ heads: Range<Int>) -> Double { seen.share(ofPassage: answering, heads: heads) }
            let reading = AttentionReading(
                id: records[question].id, question: questions[question].text, passages: seen.window.passages.count,
                layerRanks: ofLayer.map(rank), headRanks: ofHead.map { $0.map(rank) },
                layerShares: ofLayer.map(share), headShares: ofHead.map { $0.map(share) })
            readings[question] = reading
            if answerTokens != nil {
                inputs[question] = QuestionPrompt(
                    question: questions[question].text, profile: profile, model: model
                ).answering(from: seen.window.tokens)
            }
            try view(seen, answering, reading)
        }
        if let answerTokens {
            for (question, input) in inputs.sorted(by: { $0.key < $1.key }) {
                let answer = try await model.answer(input, options: GenerationOptions(maxTokens: answerTokens)).text
                readings[question]?.isCorrect =
                    AnswerMetrics.containment(answer, accepted: records[question].record.answers) == 1
            }
        }
        return records.indices.compactMap { readings[$0] }
    }

    /// Where the answer stands: in the first gold passage that has it, else that is the first gold passage itself; where the
    /// data set names none, where the text first has it. Letter case does not count.
    package static func place(of record: QuestionRecord) -> Range<Int>? {
        let golds = record.gold.compactMap { record.context.range(of: $0) }
        let within = golds.isEmpty ? [record.context.startIndex..<record.context.endIndex] : golds
        let answer = within.lazy.flatMap { range in
            record.answers.lazy.compactMap { record.context.range(of: $0, options: .caseInsensitive, range: range) }
        }.first
        guard let found = answer ?? golds.first, !found.isEmpty else { return nil }
        let utf8 = record.context.utf8
        return utf8.distance(
            from: utf8.startIndex, to: found.lowerBound)..<utf8.distance(
                from: utf8.startIndex, to: found.upperBound)
    }
}
