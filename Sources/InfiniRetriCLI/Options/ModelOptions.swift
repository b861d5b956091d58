import ArgumentParser
import Foundation
import Tensors
import Transformer

/// Which model is run, on how many threads, and in which numbers.
struct ModelOptions: ParsableArguments {
    @Option(
        name: [.long, .short],
        help: ArgumentHelp("A GGUF file, or the name of a model in the models folder.", valueName: "path-or-name"))
    var model = DefaultModel.name

    @Option(
        name: .long,
        help: ArgumentHelp("Threads for the model (default: one for each processor).", valueName: "n"))
    var threads: Int?

    @Option(
        name: .long,
        help: "In which numbers the model multiplies: int8 is several times faster, float32 is the reference.")
    var arithmetic = Arithmetic.int8

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads must be between 1 and 1024.")
        }
    }

    /// The threads that work shares.
    var threadCount: Int { threads ?? ThreadPool.hardwareThreads }

    /// Loads the model, and says what users should know about it.
    /// - Parameter inConversation: Whether the model is put to in its chat template.
    func load(_ output: OutputOptions, inConversation: Bool = true) throws -> LoadedModel {
        let path = try ModelStore().path(of: model)
        let start = ContinuousClock.now
        let model = try TransformerModel.load(
            path: path,
            options: LoadOptions(threads: threadCount, arithmetic: arithmetic))
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        output.note("model: \(model.name) (\(path)), loaded in \(Quantity.fixed(seconds, digits: 2)) s")
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let loaded = LoadedModel(model: model, name: name, seconds: seconds)
        for warning in loaded.warnings(inConversation: inConversation) { output.warn("\(name): \(warning)") }
        return loaded
    }
}

extension Arithmetic: ExpressibleByArgument {}
