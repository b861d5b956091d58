import InfiniRetri

/// The JSON object of `ask` and `retrieve`.
struct AnswerReport: Encodable {
    struct Piece: Encodable {
        var document: String
        var byteRange: [Int]
        var line: Int
        var text: String
        var score: Float
    }

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

    var question: String
    var answer: String?
    var evidence: [Piece]
    var usage: Usage
    var model: String
    var profile: String

    init(_ answer: Answer, model: String, profile: String, loadSeconds: Double) {
        question = answer.question
        self.answer = answer.text
        evidence = answer.evidence.map {
            Piece(
                document: $0.document, byteRange: [$0.byteRange.lowerBound, $0.byteRange.upperBound], line: $0.line,
                text: $0.text, score: $0.score)
        }
        let usage = answer.usage
        self.usage = Usage(
            documentTokens: usage.documentTokens, windows: usage.windows, processedTokens: usage.processedTokens,
            evidenceTokens: usage.evidenceTokens, generatedTokens: usage.generatedTokens,
            seconds: .init(
                load: loadSeconds, tokenize: usage.tokenizeSeconds, retrieve: usage.retrieveSeconds,
                scan: usage.scanSeconds,
                generate: usage.generateSeconds))
        self.model = model
        self.profile = profile
    }

    private enum CodingKeys: String, CodingKey { case question, answer, evidence, usage, model, profile }

    /// Every key is always there: without generation, `answer` is null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(question, forKey: .question)
        try container.encode(answer, forKey: .answer)
        try container.encode(evidence, forKey: .evidence)
        try container.encode(usage, forKey: .usage)
        try container.encode(model, forKey: .model)
        try container.encode(profile, forKey: .profile)
    }
}
