import ArgumentParser
import Transformer

/// How an answer is generated, or taken from the evidence.
struct GenerationArguments: ParsableArguments {
    @Flag(
        name: .long,
        help: "Answer with the fewest words, taken from the evidence; a small model points better than it speaks.")
    var short = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Tokens to generate at most (default: 256; in evaluations what the task says).", valueName: "n"))
    var maxTokens: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("0 takes the most probable token always; higher is more varied.", valueName: "t"))
    var temperature: Float = 0

    @Option(name: .long, help: ArgumentHelp("Choose among the n most probable tokens only.", valueName: "n"))
    var topK: Int?

    @Option(
        name: .long, help: ArgumentHelp("Choose among the best tokens that reach this probability.", valueName: "p"))
    var topP: Float?

    @Option(
        name: .long,
        help: ArgumentHelp("Leave out tokens below this share of the best one's probability.", valueName: "p"))
    var minP: Float?

    @Option(name: .long, help: ArgumentHelp("Above 1: make repeated tokens less probable.", valueName: "r"))
    var repetitionPenalty: Float = 1

    @Option(name: .long, help: ArgumentHelp("The same seed gives the same answer.", valueName: "n"))
    var seed: UInt64 = 0

    func validate() throws {
        if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens must be 1 or more.") }
        // The seed may be an evaluation's own.
        if short, maxTokens != nil || sampling != SamplingOptions(seed: seed) {
            throw ValidationError("--short generates nothing: leave out --max-tokens and how tokens are chosen.")
        }
    }

    /// The options as the model wants them.
    var options: GenerationOptions { GenerationOptions(sampling: sampling, maxTokens: maxTokens ?? 256) }

    /// How tokens are chosen.
    var sampling: SamplingOptions {
        SamplingOptions(
            temperature: temperature, topK: topK, topP: topP, minP: minP, repetitionPenalty: repetitionPenalty,
            seed: seed)
    }
}
