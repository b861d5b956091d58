import Foundation
import InfiniRetri
import Tokenization
import Transformer

/// Lets a model answer from the evidence that another system keeps: the same model, prompt and options for all systems, so
/// that answers differ by their evidence alone.
public struct AnsweringSystem: EvidenceSystem {
    private let base: any EvidenceSystem
    private let model: any LanguageModel
    private let sampling: SamplingOptions
    private let answerTokens: Int?

    /// - Parameters:
    ///   - base: Keeps the evidence.
    ///   - sampling: How tokens are chosen.
    ///   - answerTokens: Tokens to generate at most; nil leaves it to the task, and else to the product's default.
    public init(
        _ base: any EvidenceSystem, model: any LanguageModel, sampling: SamplingOptions, answerTokens: Int?
    ) {
        self.base = base
        self.model = model
        self.sampling = sampling
        self.answerTokens = answerTokens
    }

    /// Those of the base, and how answers are generated.
    public var settings: [String: String] {
        let sampling = (try? JSONEncoder.stable.encode(sampling)).map { String(decoding: $0, as: UTF8.self) }
        let answering = ["answering": sampling ?? "yes", "answerTokens": answerTokens.map(String.init) ?? "the task's"]
        return base.settings.merging(answering) { $1 }
    }

    /// The base's outputs, each with an answer generated from its evidence.
    public func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput] {
        var outputs = try await base.outputs(for: questions, in: context)
        for index in outputs.indices where outputs[index].skipped == nil {
            let question = questions[index]
            let evidence = try tokens(of: outputs[index].evidence, in: Array(context.utf8))
            let prompt = prompt(question, around: evidence)
            let limit = answerTokens ?? question.prompt?.answerTokens ?? GenerationOptions().maxTokens
            guard prompt.count + limit <= model.shape.contextLength else {
                outputs[index].skipped =
                    "prompt and answer take \(prompt.count + limit) tokens, the model's context window "
                    + "\(model.shape.contextLength)"
                continue
            }
            outputs[index].answer = try await answer(prompt, tokens: limit)
        }
        return outputs
    }

    private func answer(_ prompt: [TokenID], tokens: Int) async throws -> String {
        var text = ""
        let options = GenerationOptions(sampling: sampling, maxTokens: tokens)
        for try await event in model.generate(prompt, options: options) {
            if case .text(let piece) = event { text += piece }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        return text
    }

    /// The whole input: the product's own prompt, or the task's.
    func prompt(_ question: AskedQuestion, around evidence: [TokenID]) -> [TokenID] {
        guard let prompt = question.prompt else {
            let text = question.text.trimmingCharacters(in: .whitespacesAndNewlines)
            return QuestionPrompt(question: text, rows: .question, model: model).tokens(around: evidence)
        }
        let tokenizer = model.tokenizer
        let content: [Prompt.Part] = [.text(prompt.before), .tokens(evidence), .text(prompt.behind)]
        let opening = tokenizer.encode(prompt.opening)
        if prompt.isConversation {
            let turn = model.chatTemplate.render([ChatMessage(.user, content)], addingAssistantHeader: true)
            return tokenizer.encode(turn) + opening
        }
        let beginning = tokenizer.addsBeginning ? tokenizer.beginningOfText.map { [$0] } ?? [] : []
        return beginning + tokenizer.encode(Prompt(content)) + opening
    }

    /// The evidence as the retriever puts it into its own prompt: pieces that the text itself joins stay joined, others are
    /// parted by a blank line.
    private func tokens(of pieces: [SystemOutput.Piece], in context: [UInt8]) throws -> [TokenID] {
        var stretches: [Range<Int>] = []
        for range in pieces.map(\.byteRange).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let range = range.clamped(to: 0..<context.count)
            if let last = stretches.last, range.lowerBound >= last.upperBound,
                context[last.upperBound..<range.lowerBound].isSpaceInsideParagraph
            {
                stretches[stretches.count - 1] = last.lowerBound..<range.upperBound
            } else {
                stretches.append(range)
            }
        }
        let documents = stretches.map { Document.text(String(decoding: context[$0], as: UTF8.self), name: "") }
        var reader = PassageReader(documents, unit: .paragraph, longestPassage: 192, tokenizer: model.tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return Window(passages, paragraphBreak: model.tokenizer.encode("\n\n")).tokens
    }
}

extension ArraySlice<UInt8> {
    /// Nothing but white space, and not a blank line.
    fileprivate var isSpaceInsideParagraph: Bool {
        allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } && count(where: { $0 == 0x0A }) < 2
    }
}
