import Foundation
import InfiniRetri

/// The retriever as the system under evaluation.
public struct RetrieverSystem: EvidenceSystem {
    private let retriever: Retriever
    private let isTimed: Bool
    private let progress: @Sendable (RetrievalProgress) -> Void

    /// - Parameters:
    ///   - isTimed: Whether the seconds that retrieval takes mean anything. Those of a ``RememberingModel`` don't.
    ///   - progress: Called after every window.
    public init(
        _ retriever: Retriever, isTimed: Bool = true,
        progress: @escaping @Sendable (RetrievalProgress) -> Void = { _ in }
    ) {
        self.retriever = retriever
        self.isTimed = isTimed
        self.progress = progress
    }

    /// Profile, strategy, budget, window, and of an index the format of its keys.
    public var settings: [String: String] {
        let options = retriever.options
        // All values of the profile, not its name alone: results made with others must not be mixed.
        let profile = (try? JSONEncoder.stable.encode(retriever.profile)).map { String(decoding: $0, as: UTF8.self) }
        var settings = [
            "system": "attention", "profile": profile ?? retriever.profile.name, "strategy": options.strategy.rawValue,
            "budget": "\(options.budget)", "window": "\(options.window ?? retriever.profile.window)",
        ]
        if options.strategy == .index { settings["keys"] = options.keyFormat.rawValue }
        if options.lexicalPrior { settings["lexicalPrior"] = "yes" }
        if options.hops > 0 { settings["hops"] = "\(options.hops)" }
        return settings
    }

    /// Runs all questions in one pass over the context.
    /// - Throws: What the retriever throws; `CancellationError` when the task is cancelled.
    public func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput] {
        var outputs: [SystemOutput] = []
        let documents = [Document.text(context, name: "context")]
        for try await event in retriever.ask(questions.map(\.text), of: documents, answering: nil) {
            switch event {
            case .progress(let state): progress(state)
            case .answer(let answer, _): outputs.append(output(of: answer, questions: questions.count))
            default: break
            }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        return outputs
    }

    private func output(of answer: Answer, questions: Int) -> SystemOutput {
        let usage = answer.usage
        return SystemOutput(
            evidence: answer.evidence.map { .init(byteRange: $0.byteRange, text: $0.text) },
            evidenceTokens: usage.evidenceTokens, documentTokens: usage.documentTokens,
            processedTokens: usage.processedTokens,
            retrievalSeconds: isTimed ? usage.tokenizeSeconds + usage.retrieveSeconds : 0,
            questionsInPass: questions)
    }
}
