import Foundation
import InfiniRetri
import Transformer

/// The retriever as the system under evaluation.
public struct RetrieverSystem: EvidenceSystem {
    private let retriever: Retriever
    private let model: [String: String]
    private let answering: GenerationOptions?

    /// - Parameters:
    ///   - model: What the record says about the model: its name, its arithmetic.
    ///   - answering: How answers are generated; nil retrieves only.
    public init(_ retriever: Retriever, model: [String: String], answering: GenerationOptions?) {
        self.retriever = retriever
        self.model = model
        self.answering = answering
    }

    /// Model, profile, strategy, budget, window, and how answers are generated, if they are.
    public var settings: [String: String] {
        let options = retriever.options
        let settings = [
            "system": "attention", "profile": json(retriever.profile), "strategy": options.strategy.rawValue,
            "budget": "\(options.budget)", "window": "\(options.window ?? retriever.profile.window)",
            "answering": answering.map(json) ?? "no",
        ]
        return settings.merging(model) { $1 }
    }

    /// All values, not a name alone: results made with others must not be mixed.
    private func json(_ value: some Encodable) -> String {
        (try? JSONEncoder.stable.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
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
