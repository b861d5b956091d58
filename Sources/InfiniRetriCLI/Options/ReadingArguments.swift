import ArgumentParser
import Foundation
import InfiniRetri

/// How windows are read, whether to answer from them or to index them.
struct ReadingArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Which attention heads are read and how: auto (what is known to suit the model), paper, or a JSON file.",
            valueName: "file|paper|auto"))
    var profile = "auto"

    @Option(
        name: .long, help: ArgumentHelp("Text tokens read at once (default: the profile's).", valueName: "n"))
    var window: Int?

    /// The profile that is named; nil for the one that suits the model.
    func loadProfile() throws -> RetrievalProfile? {
        switch profile {
        case "auto": return nil
        case "paper": return .paper
        default: return try ProfileFile.read(URL(fileURLWithPath: profile))
        }
    }
}
