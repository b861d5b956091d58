import Foundation
import InfiniRetri
import Tokenization
import Transformer

/// Lets a model answer from the evidence that another system keeps: the same model, prompt and options for all systems, so
/// that answers differ by their evidence alone.
public struct AnsweringSystem: EvidenceSystem {
    private let base: any EvidenceSystem
    private let model: any LanguageModel
    private let profile: RetrievalProfile
    private let sampling: SamplingOptions
    private let answerTokens: Int?

    /// - Parameters:
    ///   - base: Keeps the evidence.
    ///   - profile: Says how the model is asked for an answer.
    ///   - sampling: How tokens are chosen.
    ///   - answerTokens: Tokens to generate at most; nil leaves it to the task, and else to the product's default.
    public init(
        _ base: any EvidenceSystem, model: any LanguageModel, profile: RetrievalProfile, sampling: SamplingOptions,
        answerTokens: Int?
    ) {
        self.base = base
        self.model = model
        self.profile = profile
        self.sampling = sampling
        self.answerTokens = answerTokens
    }

    /// Those of the base, and how answers are generated.
    public var settings: [String: String] {
        let sampling = (try? JSONEncoder.stable.encode(sampling)).map { String(decoding: $0, as: UTF8.self) }
        let answering = [
            "answering": sampling ?? "yes", "answerTokens": answerTokens.map(String.init) ?? "the task's",
            "prompt": (try? JSONEncoder.stable.encode(profile.prompt)).map { String(decoding: $0, as: UTF8.self) }
                ?? "",
        ]
        return base.settings.merging(answering) { $1 }
    }

    /// The base's outputs, each with an answer generated from its evidence.
    public func outputs(for questions: [AskedQuestion], in context: String) async throws -> [SystemOutput] {
        var outputs = try await base.outputs(for: questions, in: context)
        let sentences = try passages(of: context, unit: .sentence)
        for index in outputs.indices where outputs[index].skipped == nil {
            let question = questions[index]
            let evidence = try tokens(of: outputs[index].evidence, among: sentences)
            let prompt = prompt(question, around: evidence)
            let limit = answerTokens ?? question.prompt?.answerTokens ?? GenerationOptions().maxTokens
            guard prompt.count + limit <= model.shape.contextLength else {
                outputs[index].skipped =
                    "prompt and answer take \(prompt.count + limit) tokens, the model's context window "
                    + "\(model.shape.contextLength)"
                continue
            }
            let options = GenerationOptions(sampling: sampling, maxTokens: limit)
            outputs[index].answer = try await model.answer(prompt, options: options).text
        }
        let text = PassageTexts(try passages(of: context, unit: .paragraph).map(\.text))
        let attribution = AnswerAttribution(of: outputs.compactMap(\.answer), over: text)
        for (index, output) in outputs.enumerated() {
            guard let answer = output.answer else { continue }
            let statements = attribution.statements(
                of: AnswerMetrics.firstLine(of: answer), to: questions[index].text,
                from: output.evidence.map(\.readableText))
            let supported = statements.count { $0.isSupported }
            outputs[index].supported = Double(supported) / Double(max(1, statements.count))
        }
        return outputs
    }

    /// The whole input: the product's own prompt, or the task's.
    func prompt(_ question: AskedQuestion, around evidence: [TokenID]) -> [TokenID] {
        guard let prompt = question.prompt else {
            let text = question.text.trimmingCharacters(in: .whitespacesAndNewlines)
            return QuestionPrompt(question: text, profile: profile, model: model).answering(from: evidence)
        }
        let tokenizer = model.tokenizer
        let content: [Prompt.Part] = [.text(prompt.before), .tokens(evidence), .text(prompt.behind)]
        let opening = tokenizer.encode(prompt.opening)
        if prompt.isConversation {
            let turn = model.chatTemplate.render([ChatMessage(.user, content)], addingAssistantHeader: true)
            return tokenizer.encode(turn) + opening
        }
        let beginning = tokenizer.beginning
        return beginning + tokenizer.encode(Prompt(content)) + opening
    }

    /// The evidence as the retriever puts it into its own prompt: sentences with the space that stands before them in the
    /// text, and a blank line wherever the text does not simply go on.
    /// - Parameter sentences: Those of the whole text.
    private func tokens(of pieces: [Evidence], among sentences: [Passage]) throws -> [TokenID] {
        let passages = try pieces.flatMap { piece -> [Passage] in
            let start =
                sentences.firstIndex { $0.textRange.lowerBound >= piece.textRange.lowerBound }
                ?? sentences.endIndex
            let inside = sentences[start...].prefix { $0.textRange.upperBound <= piece.textRange.upperBound }
            guard var passage = inside.first, passage.textRange.lowerBound == piece.textRange.lowerBound,
                inside.last?.textRange.upperBound == piece.textRange.upperBound
            else {
                // Not made of whole sentences: a text of its own.
                return try self.passages(of: piece.text, unit: .paragraph)
            }
            for next in inside.dropFirst() { for sentence in next.sentences { passage.append(sentence) } }
            return [passage]
        }
        let context = pieces.flatMap(\.context).compactMap { sentence in
            sentences.first { $0.textRange == sentence.textRange }
        }
        return Window(Passage.merged(passages, context: context), paragraphBreak: model.tokenizer.encode("\n\n")).tokens
    }

    private func passages(of text: String, unit: PassageUnit) throws -> [Passage] {
        var reader = PassageReader(
            [.text(text, name: "")], unit: unit, tokenizer: model.tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return passages
    }
}
