import ArgumentParser
import Foundation
import Tokenization
import Transformer

/// Plain generation: what the model does without retrieval.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Generates from a prompt that is read whole: the full-attention baseline.",
        discussion: """
            The files are put before the prompt, and everything must fit the model's context window. For longer texts, \
            use: infiniretri ask

            Examples:
              infiniretri generate "Name three rivers."
              infiniretri generate page.txt "Who is this page about?"
              infiniretri generate --raw "Once upon a time"
            """)

    @Argument(
        help: ArgumentHelp(
            "Files to read whole (- is standard input), and the prompt last.", valueName: "file ... prompt"))
    var words: [String] = []

    @Flag(name: .long, help: "Continue the text as it stands, without the model's chat template.")
    var raw = false

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Generation") var generation: GenerationArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard let prompt = words.last, !prompt.isEmpty else { throw ValidationError("Give a prompt.") }
        if words.dropLast().count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be read only once.")
        }
    }

    func run() async throws {
        let texts = try words.dropLast().map { String(decoding: try PlainInput.bytes(of: $0), as: UTF8.self) }
        let prompt = (texts + words.suffix(1)).joined(separator: "\n\n")
        let loaded = try model.load(output, inConversation: !raw)
        let model = loaded.model
        let tokens = encode(prompt, for: model)
        let contextLength = model.shape.contextLength
        guard tokens.count < contextLength else {
            throw CommandError(
                "the prompt has \(tokens.count) tokens, but the model's context holds \(contextLength); "
                    + "for longer texts use: infiniretri ask FILE \"QUESTION\"")
        }
        var answer = ""
        var usage: GenerationUsage?
        for try await event in model.generate(tokens, options: generation.options) {
            switch event {
            case .text(let piece):
                answer += piece
                if !output.json { try StandardOutput.write(piece) }
            case .finished(let final): usage = final
            }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        if output.json {
            try StandardOutput.write(
                json: Report(
                    prompt: words.last ?? "", answer: answer, usage: usage, loadSeconds: loaded.seconds,
                    model: loaded.name)
            )
        } else {
            try StandardOutput.write("\n")
        }
        if let usage { output.note(Self.summary(usage)) }
    }

    private func encode(_ text: String, for model: TransformerModel) -> [TokenID] {
        if raw {
            return model.tokenizer.beginning + model.tokenizer.encode(text)
        }
        let message = ChatMessage(.user, text)
        return model.tokenizer.encode(model.chatTemplate.render([message], addingAssistantHeader: true))
    }

    private static func summary(_ usage: GenerationUsage) -> String {
        func speed(_ tokens: Int, _ seconds: Double) -> String {
            seconds > 0 ? " (\(Quantity.count(Int(Double(tokens) / seconds))) tokens/s)" : ""
        }
        return "prompt: \(usage.promptTokens) tokens in \(Quantity.fixed(usage.promptSeconds, digits: 2)) s"
            + speed(usage.promptTokens, usage.promptSeconds)
            + "; generated \(usage.generatedTokens) tokens in \(Quantity.fixed(usage.generationSeconds, digits: 2)) s"
            + speed(usage.generatedTokens, usage.generationSeconds) + "; ended by \(usage.finishReason.rawValue)"
    }

    private struct Report: Encodable {
        struct Usage: Encodable {
            struct Seconds: Encodable {
                var load: Double
                var prompt: Double
                var generate: Double
            }

            var promptTokens: Int
            var generatedTokens: Int
            var finishReason: String
            var seconds: Seconds
        }

        var prompt: String
        var answer: String
        var usage: Usage?
        var model: String

        init(prompt: String, answer: String, usage: GenerationUsage?, loadSeconds: Double, model: String) {
            self.prompt = prompt
            self.answer = answer
            self.usage = usage.map {
                Usage(
                    promptTokens: $0.promptTokens, generatedTokens: $0.generatedTokens,
                    finishReason: $0.finishReason.rawValue,
                    seconds: .init(load: loadSeconds, prompt: $0.promptSeconds, generate: $0.generationSeconds))
            }
            self.model = model
        }
    }
}
