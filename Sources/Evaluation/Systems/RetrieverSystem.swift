import Foundation
import InfiniRetri

/// The retriever as the system under evaluation.
public struct RetrieverSystem: EvidenceSystem {
    private let retriever: Retriever
    private let isTimed: Bool
    private let progress: @Sendable (ReadingProgress) -> Void

    /// - Parameters:
    ///   - isTimed: Whether the seconds that retrieval takes mean anything. Those of a ``RememberingModel`` don't.
    ///   - progress: Called after every window.
    public init(
        _ retriever: Retriever, isTimed: Bool = true,
        progress: @escaping @Sendable (ReadingProgress) -> Void = { _ in }
    ) {
        self.retriever = retriever
        self.isTimed = isTimed
        self.progress = progress
    }

    /// Profile and plan, with all their values: results made with others must not be mixed.
    public var settings: [String: String] {
        func json(_ value: some Encodable) -> String {
            (try? JSONEncoder.stable.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        return ["system": "attention", "profile": json(retriever.profile), "plan": json(retriever.plan)]
    }

    /// Runs all questions in one pass over the context.
    /// - Throws: What the retriever throws; `CancellationError` when the task is cancelled.
    public func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput] {
        var outputs: [SystemOutput] = []
        let documents = [Document.text(context, name: "context")]
        for try await event in retriever.ask(
            questions.map(\.text), of: documents, answering: nil, leavingOut: questions.map(\.gold))
        {
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
        var output = SystemOutput(
            evidence: answer.evidence,
            evidenceTokens: usage.evidenceTokens, documentTokens: usage.documentTokens,
            processedTokens: usage.processedTokens,
            retrievalSeconds: isTimed ? usage.tokenizeSeconds + usage.retrieveSeconds : 0,
            questionsInPass: questions)
        output.answerable = answer.answerable
        output.answerableWithout = answer.answerableWithout
        return output
    }
}
