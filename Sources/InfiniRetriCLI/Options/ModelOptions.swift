import ArgumentParser
import Tensors
import Transformer

/// Which model is run, and on how many threads.
struct ModelOptions: ParsableArguments {
    @Option(
        name: [.long, .short],
        help: ArgumentHelp("A GGUF file, or the name of a model in the models folder.", valueName: "path-or-name"))
    var model = DefaultModel.name

    @Option(
        name: .long,
        help: ArgumentHelp("Threads for the model (default: one for each processor).", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads must be between 1 and 1024.")
        }
    }

    /// Loads the model.
    /// - Returns: The model and the seconds that loading took.
    func load(_ output: OutputOptions) throws -> (model: TransformerModel, seconds: Double) {
        let path = try ModelStore().path(of: model)
        let start = ContinuousClock.now
        let model = try TransformerModel.load(
            path: path, options: LoadOptions(threads: threads ?? ThreadPool.hardwareThreads))
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        output.note("model: \(model.name) (\(path)), loaded in \(Quantity.fixed(seconds, digits: 2)) s")
        return (model, seconds)
    }
}
