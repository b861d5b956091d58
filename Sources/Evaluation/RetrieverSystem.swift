import InfiniRetri
import Transformer

/// The retriever as the system under evaluation.
public struct RetrieverSystem: EvidenceSystem {
    private let retriever: Retriever
    private let modelName: String
    private let answering: GenerationOptions?

    /// - Parameters:
    ///   - modelName: What the record calls the model.
    ///   - answering: How answers are generated; nil retrieves only.
    public init(_ retriever: Retriever, modelName: String, answering: GenerationOptions?) {
        self.retriever = retriever
        self.modelName = modelName
        self.answering = answering
    }

    /// Model, profile, strategy, budget and window, and whether answers are generated.
    public var settings: [String: String] {
        [
            "system": "attention", "model": modelName, "profile": retriever.profile.name,
            "strategy": retriever.options.strategy.rawValue, "budget": "\(retriever.options.budget)",
            "window": "\(retriever.options.window ?? retriever.profile.window)",
            "answer": answering == nil ? "no" : "yes",
        ]
    }

    /// Runs all questions in one pass over the context.
    /// - Throws: What the retriever throws; `CancellationError` when the task is cancelled.
    public func outputs(for questions: [String], in context: String) async throws -> [SystemOutput] {
        var outputs: [SystemOutput] = []
        let documents = [Document.text(context, name: "context")]
        for try await event in retriever.ask(questions, of: documents, answering: answering) {
            if case .answer(let answer, _) = event { outputs.append(output(of: answer, questions: questions.count)) }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        return outputs
    }

    private func output(of answer: Answer, questions: Int) -> SystemOutput {
        SystemOutput(
            evidence: answer.evidence.map { .init(byteRange: $0.byteRange, text: $0.text) },
            evidenceTokens: answer.usage.evidenceTokens, documentTokens: answer.usage.documentTokens,
            answer: answer.text, retrievalSeconds: answer.usage.tokenizeSeconds + answer.usage.retrieveSeconds,
            questionsInPass: questions)
    }
}
