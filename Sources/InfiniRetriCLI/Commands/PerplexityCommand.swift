import ArgumentParser
import Transformer

/// Token-level perplexity of a text.
struct PerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measures how well a model foretells a text: exp of the mean negative log-likelihood of its tokens.",
        discussion: """
            The text is cut into windows that do not overlap. Within a window every token is predicted from all before it; the \
            first ones (--context) are given and not scored. Without options, the whole context length is used and one \
            token given: the loss that transformers computes. For figures near llama.cpp's: --window 512 --context 256.

            Examples:
              infiniretri perplexity --file book.txt --tokens 4096
              infiniretri perplexity --file book.txt --window 512 --context 256 --json
            """)

    @Option(name: .long, help: "The text; - is standard input.")
    var file: String

    @Option(name: .long, help: ArgumentHelp("Only the first n tokens of the text.", valueName: "n"))
    var tokens: Int?

    @Option(name: .long, help: ArgumentHelp("Tokens of a window (default: the model's context).", valueName: "n"))
    var window: Int?

    @Option(name: .long, help: ArgumentHelp("Tokens of each window that are not scored.", valueName: "n"))
    var context = 1

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if let tokens, tokens < 2 { throw ValidationError("--tokens must be 2 or more.") }
    }

    func run() throws {
        let bytes = try PlainInput.bytes(of: file)
        let loaded = try model.load(output, inConversation: false)
        let model = loaded.model
        let tokenizer = model.tokenizer
        let beginning = tokenizer.beginning
        let all = beginning + tokenizer.encode(utf8: bytes).map(\.id)
        let text = Array(all.prefix(tokens ?? all.count))

        var progress = ProgressLine(isQuiet: output.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        let perplexity = try model.perplexity(of: text, window: window, context: context) { done in
            progress.show("\(Quantity.count(done)) of \(Quantity.count(text.count)) tokens")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        progress.clear()
        if output.json {
            let report = Report(
                perplexity: perplexity.value, negativeLogLikelihood: perplexity.negativeLogLikelihood,
                scoredTokens: perplexity.tokens, tokens: text.count, model: loaded.name, seconds: seconds)
            try StandardOutput.write(json: report)
        } else {
            try StandardOutput.write("\(Quantity.fixed(perplexity.value, digits: 4))\n")
        }
        output.note("scored \(perplexity.tokens) of \(text.count) tokens in \(Quantity.fixed(seconds, digits: 1)) s")
    }

    private struct Report: Encodable {
        var perplexity: Double
        var negativeLogLikelihood: Double
        var scoredTokens: Int
        var tokens: Int
        var model: String
        var seconds: Double
    }
}
