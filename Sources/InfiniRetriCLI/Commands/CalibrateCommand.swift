import ArgumentParser
import Foundation
import InfiniRetri

/// Finds and stores the retrieval profile of a model.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Finds out which attention heads of a model point at answers, and how to read them, as its profile.",
        discussion: """
            The model reads texts about invented things, with questions whose answers' places are known; the heads that single \
            these places out make the profile. With further texts its unit, score form, row weights, phrase width and window are \
            chosen: another value is taken only where it clearly saves evidence on texts that it was not chosen with. The \
            profile is stored in the cache folder for this very model file, and --profile auto takes it from there. --text \
            plants the questions into texts of yours as well.

            quality: how safely the passage that answers is among the few best, 0 to 1; contrast: its score minus that of its \
            best competitors, over the spread. Of settings: the tokens of the best units down to the one that answers. The check asks \
            questions of further texts, with a tenth of a text as evidence.

            Examples:
              infiniretri calibrate
              infiniretri calibrate --model path/to/model.gguf --text manuals/
              infiniretri calibrate --seed 2 --out profile.json
            """)

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Texts of the kind that will be searched.", valueName: "file"))
    var text: [String] = []

    @Option(name: .long, help: ArgumentHelp("Another seed takes other questions.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: ArgumentHelp("Write the profile to this file, and do not store it for the model.", valueName: "file.json")
    )
    var out: String?

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        var list = DocumentList()
        for path in text { try list.add(CommandPath.path(path)) }
        output.tell(list.omissions)
        let texts = list.documents
        let loaded = try model.load(output)
        let shipped = RetrievalProfile.shipped(for: loaded.model.shape)
        let options = CalibrationOptions(
            seed: seed, texts: texts,
            baselines: [.paper] + (shipped.map { [CalibrationBaseline(profile: $0, plan: .standard)] } ?? []))
        let result = try await CalibrationRun(isQuiet: output.quiet).calibrate(loaded, options: options)
        let place: String
        if let out {
            try result.profile.write(to: URL(fileURLWithPath: out))
            place = out
        } else {
            place = try ProfileStore().store(result.profile, for: loaded.model.fingerprint).path
        }
        if output.json {
            try StandardOutput.write(json: result)
        } else {
            try StandardOutput.write(CalibrationTable.text(of: result))
        }
        if !output.quiet { Console.write("profile written to \(place)") }
    }
}
