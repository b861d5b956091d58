import ArgumentParser
import Foundation
import InfiniRetri

extension Strategy: ExpressibleByArgument {}

/// How a text is searched.
struct RetrievalArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The order in which windows are read: tree (each alone, the best meet again) or fold (the paper's: what was kept joins the next window).",
            valueName: "tree|fold"))
    var strategy: Strategy = .tree

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Which attention heads are read and how: auto (what is known to suit the model), paper, or a JSON file.",
            valueName: "file|paper|auto"))
    var profile = "auto"

    @Option(
        name: .long, help: ArgumentHelp("Text tokens read at once (default: the profile's).", valueName: "n"))
    var window: Int?

    @Option(name: .long, help: ArgumentHelp("Evidence tokens kept at most.", valueName: "n"))
    var budget = 400

    /// The options as the retrieval core wants them.
    func options() throws -> RetrievalOptions {
        RetrievalOptions(profile: try loadProfile(), strategy: strategy, budget: budget, window: window)
    }

    private func loadProfile() throws -> RetrievalProfile? {
        switch profile {
        case "auto": return nil
        case "paper": return .paper
        default: return try ProfileFile.read(URL(fileURLWithPath: profile))
        }
    }
}
