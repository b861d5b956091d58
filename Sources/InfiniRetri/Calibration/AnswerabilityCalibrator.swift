import Documents
import Transformer

/// Finds what tells texts that answer a question from the same texts without the passage that does.
struct AnswerabilityCalibrator {
    private let model: any LanguageModel
    private let profile: RetrievalProfile
    private let documents: [SyntheticDocument]

    init(model: any LanguageModel, profile: RetrievalProfile, documents: [SyntheticDocument]) {
        self.model = model
        self.profile = profile
        self.documents = documents
    }

    /// The weights of the model; nil where there are no questions.
    /// - Parameter advance: Called after each text.
    func calibrate(advance: () -> Void) throws -> Answerability? {
        var signs: [Double] = []
        var labels: [Bool] = []
        let retriever = try Retriever(model: model, profile: profile)
        for document in documents {
            let context = try retriever.context(
                for: document.questions.map(\.text), stages: [.windows, .lexical])
            let corpus = try Corpus(reading: [.text(document.text, name: "questions")], context: context)
            let pipeline = Pipeline(context)
            let scores = try pipeline.scores(of: corpus, stages: retriever.stages(of: corpus, index: nil, context))
            for (question, asked) in document.questions.enumerated() {
                func add(_ ranking: [ScoredPassage], isAnswered: Bool) throws {
                    let sign = try Answerability.Sign(
                        ranking.first, scores: scores[question], context, question: question)
                    guard case .separation(let separation) = sign else { return }
                    signs.append(separation)
                    labels.append(isAnswered)
                }
                func ranking(leavingOut leftOut: [Int]) throws -> [ScoredPassage] {
                    try pipeline.ranking(of: corpus, scores[question], leavingOut: leftOut, for: question)
                }
                try add(ranking(leavingOut: []), isAnswered: true)
                let answering = corpus.passages { $0.textRange.overlaps(asked.byteRange) }
                var without = try ranking(leavingOut: answering)
                // Most things have two paragraphs. Every other question is about a thing of which the text says nothing at all.
                if question.isMultiple(of: 2), let other = without.first {
                    without = try ranking(leavingOut: answering + [other.number])
                }
                try add(without, isAnswered: false)
            }
            advance()
        }
        guard !signs.isEmpty else { return nil }
        let weights = LogisticRegression(signs.map { [$0] }, labels: labels).weights
        return Answerability(weight: weights[0], bias: weights[1])
    }
}
