import InfiniRetri

/// The JSON object of `ask` and `retrieve`.
struct AnswerReport: Encodable {
    struct Usage: Encodable {
        struct Seconds: Encodable {
            var load: Double
            var tokenize: Double
            var retrieve: Double
            var scan: Double
            var generate: Double
        }

        var documentTokens: Int
        var windows: Int
        var processedTokens: Int
        var evidenceTokens: Int
        var generatedTokens: Int
        var seconds: Seconds
    }

    struct Span: Encodable {
        var document: String
        var byteRange: [Int]?
        var textRange: [Int]
        var probability: Double

        init(_ answer: ShortAnswer) {
            document = answer.document
            byteRange = answer.byteRange.map { [$0.lowerBound, $0.upperBound] }
            textRange = [answer.textRange.lowerBound, answer.textRange.upperBound]
            probability = answer.probability
        }
    }

    struct StatementReport: Encodable {
        var text: String
        var span: [Int]
        var evidence: [Int]
        var supported: Bool
        var quote: Bool

        init(_ statement: Statement) {
            text = statement.text
            span = [statement.range.lowerBound, statement.range.upperBound]
            evidence = statement.evidence
            supported = statement.isSupported
            quote = statement.isQuote
        }
    }

    var question: String
    var answer: String?
    /// How probable it is that the text answers; null where retrieval does not tell.
    var answerable: Double?
    /// Whether the question asks about the text as a whole, which no passage answers.
    var asksAboutWhole: Bool
    /// Where a short answer stands; nil for others.
    var span: Span?
    /// The sentences of the answer, with the numbers of the evidence, from 0, that they come from.
    var statements: [StatementReport]
    var evidence: [Evidence]
    /// What was not read, and what is worth knowing of what was.
    var skipped: [OmissionReport.Entry]
    var notes: [OmissionReport.Entry]
    var usage: Usage
    var model: String
    var profile: String
    var plan: RetrievalPlan
    /// What each stage kept; nil without `--explain`.
    var stages: [StageReport]?

    /// - Parameter omissions: What was left out before anything was read.
    init(
        _ answer: Answer, omissions: [Omission], model: String, retriever: Retriever, loadSeconds: Double,
        isExplaining: Bool
    ) {
        question = answer.question
        self.answer = answer.text
        answerable = answer.answerable
        asksAboutWhole = answer.asksAboutWhole
        span = answer.span.map(Span.init)
        statements = answer.statements.map(StatementReport.init)
        evidence = answer.evidence
        let report = OmissionReport(omissions: omissions + answer.omissions)
        (skipped, notes) = (report.skipped, report.notes)
        let usage = answer.usage
        self.usage = Usage(
            documentTokens: usage.documentTokens, windows: usage.windows, processedTokens: usage.processedTokens,
            evidenceTokens: usage.evidenceTokens, generatedTokens: usage.generatedTokens,
            seconds: .init(
                load: loadSeconds, tokenize: usage.tokenizeSeconds, retrieve: usage.retrieveSeconds,
                scan: usage.scanSeconds,
                generate: usage.generateSeconds))
        self.model = model
        profile = retriever.profile.name
        plan = retriever.plan
        stages = isExplaining ? answer.stages : nil
    }

    private enum CodingKeys: String, CodingKey {
        case question, answer, answerable, asksAboutWhole, span, statements, evidence, skipped, notes, usage,
            model, profile, plan,
            stages
    }

    /// Every key is always there: without generation, `answer` is null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(question, forKey: .question)
        try container.encode(answer, forKey: .answer)
        try container.encode(answerable, forKey: .answerable)
        try container.encode(asksAboutWhole, forKey: .asksAboutWhole)
        try container.encodeIfPresent(span, forKey: .span)
        try container.encode(statements, forKey: .statements)
        try container.encode(evidence, forKey: .evidence)
        try container.encode(skipped, forKey: .skipped)
        try container.encode(notes, forKey: .notes)
        try container.encode(usage, forKey: .usage)
        try container.encode(model, forKey: .model)
        try container.encode(profile, forKey: .profile)
        try container.encode(plan, forKey: .plan)
        try container.encodeIfPresent(stages, forKey: .stages)
    }
}
