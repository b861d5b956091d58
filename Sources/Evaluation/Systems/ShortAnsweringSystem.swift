import Foundation
import InfiniRetri
import Transformer

/// Answers with the words of the evidence that a model points at, whatever system keeps the evidence.
public struct ShortAnsweringSystem: EvidenceSystem {
    private let base: any EvidenceSystem
    private let model: any LanguageModel
    private let template: PromptTemplate

    /// - Parameters:
    ///   - base: Keeps the evidence.
    ///   - template: Has the words around question and answer.
    public init(_ base: any EvidenceSystem, model: any LanguageModel, template: PromptTemplate) {
        self.base = base
        self.model = model
        self.template = template
    }

    /// Those of the base, and that answers are short.
    public var settings: [String: String] {
        let prompt = (try? JSONEncoder.stable.encode(template)).map { String(decoding: $0, as: UTF8.self) }
        return base.settings.merging(["answering": "short", "prompt": prompt ?? ""]) { $1 }
    }

    /// The base's outputs, each with a short answer from its evidence.
    public func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput] {
        var outputs = try await base.outputs(for: questions, in: context)
        let reader = ShortAnswerReader(model: model, template: template)
        for index in outputs.indices where outputs[index].skipped == nil {
            let best = outputs[index].evidence.sorted { $0.score > $1.score }
            outputs[index].answer = try reader.answer(to: questions[index].text, from: best).span?.text ?? ""
        }
        return outputs
    }
}
