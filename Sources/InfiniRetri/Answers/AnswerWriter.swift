import Documents
import Tokenization
import Transformer

/// Answers questions from their evidence, and says where each sentence comes from.
///
/// Not thread-safe: short answers share a cache.
final class AnswerWriter {
    private let model: any LanguageModel
    private let plan: RetrievalPlan.Answers
    private lazy var shortAnswers = ShortAnswerReader(model: model, template: template, plan: plan)
    private let template: PromptTemplate

    init(model: any LanguageModel, template: PromptTemplate, plan: RetrievalPlan.Answers) {
        self.model = model
        self.template = template
        self.plan = plan
    }

    /// An answer, and what it took.
    struct Written {
        var text: String?
        var span: ShortAnswer?
        var statements: [Statement] = []
        var processedTokens = 0
        var generatedTokens = 0
        var seconds = 0.0
    }

    /// Answers a question.
    /// - Parameters:
    ///   - tokens: The evidence as it stands in the prompt.
    ///   - report: Takes the text as it comes.
    func answer(
        _ question: String, _ prompt: QuestionPrompt, from evidence: [Evidence], as tokens: [TokenID],
        in corpus: Corpus, _ answering: Answering, report: (String) -> Void
    ) async throws -> Written {
        // A model that is asked without a text answers all the same, from nothing.
        guard !evidence.isEmpty else { throw RetrievalError.noEvidence(question: question) }
        let start = ContinuousClock.now
        var written = Written()
        let text: String
        switch answering {
        case .generated(let options):
            let answer = try await model.answer(prompt.answering(from: tokens), options: options, report: report)
            text = answer.text
            written.generatedTokens = answer.tokens
        case .short:
            let best = evidence.sorted { $0.score > $1.score }
            let answer = try shortAnswers.answer(to: question, from: best)
            text = answer.span?.text ?? ""
            written.span = answer.span
            written.processedTokens = answer.tokens
            report(text)
        }
        written.text = text
        written.statements = AnswerAttribution(of: [text], over: corpus, plan: plan).statements(
            of: text, to: question, from: evidence.map(\.readableText))
        written.seconds = (ContinuousClock.now - start) / .seconds(1)
        return written
    }
}
