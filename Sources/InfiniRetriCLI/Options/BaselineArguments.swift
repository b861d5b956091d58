import ArgumentParser
import Evaluation
import InfiniRetri
import Transformer

/// Which baseline an evaluation is of, if any.
struct BaselineArguments: ParsableArguments {
    enum Baseline: String, ExpressibleByArgument, CaseIterable {
        case bm25, full, truncated, random
    }

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            Evaluate a baseline instead. bm25: the best passages by words, in the same budget; random: passages by chance \
            (--seed), in the same budget; truncated: the beginning and the end of the text, half the budget each; full: the \
            whole text, where the context window holds it.
            """, valueName: "bm25|random|truncated|full"))
    var baseline: Baseline?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What bm25 and random keep as a whole (default: sentence).", valueName: "sentence|paragraph"))
    var baselineUnit: PassageUnit?

    func validate() throws {
        if baselineUnit != nil, baseline != .bm25, baseline != .random {
            throw ValidationError("--baseline-unit goes with --baseline bm25 or random.")
        }
    }

    /// The baseline as a system; nil where the product itself is evaluated.
    func system(for model: TransformerModel, budget: Int, seed: UInt64) -> (any EvidenceSystem)? {
        func ranked(_ ranking: any PassageRanking) -> any EvidenceSystem {
            RankedPassagesSystem(
                ranking: ranking, unit: baselineUnit ?? .sentence, budget: budget, tokenizer: model.tokenizer)
        }
        return switch baseline {
        case .bm25: ranked(BM25Ranking())
        case .random: ranked(RandomRanking(seed: seed))
        case .truncated: TruncatedContextSystem(budget: budget, tokenizer: model.tokenizer)
        case .full: FullContextSystem(contextLength: model.shape.contextLength, tokenizer: model.tokenizer)
        case nil: nil
        }
    }
}

extension PassageUnit: ExpressibleByArgument {}
