import ArgumentParser
import Foundation
import InfiniRetri

/// How windows are read, whether to answer from them or to index them.
struct ReadingArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            Which attention heads are read and how: auto (what calibrate stored for the model, else what is shipped for it, \
            else a calibration now), paper, or a JSON file.
            """,
            valueName: "file|paper|auto"))
    var profile = "auto"

    @Option(
        name: .long, help: ArgumentHelp("Text tokens read at once (default: the profile's).", valueName: "n"))
    var window: Int?

    /// The profile that is named, or the one that suits the model, which is calibrated where that is due.
    func profile(for loaded: LoadedModel, _ output: OutputOptions) async throws -> RetrievalProfile {
        switch profile {
        case "auto": try await AutomaticProfile(isQuiet: output.quiet).profile(for: loaded)
        case "paper": .paper
        default: try RetrievalProfile(contentsOf: URL(fileURLWithPath: profile))
        }
    }
}
