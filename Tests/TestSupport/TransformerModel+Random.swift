import Transformer

extension TransformerModel {
    /// Writes a random model to a file, and opens it.
    package static func load(
        _ random: RandomModel, options: LoadOptions = LoadOptions(threads: 2, arithmetic: .float32)
    ) throws
        -> TransformerModel
    {
        try load(random.writer(), options: options)
    }

    /// Writes a model to a file, and opens it.
    package static func load(_ writer: GGUFWriter, options: LoadOptions = LoadOptions(threads: 2, arithmetic: .float32))
        throws
        -> TransformerModel
    {
        let file = try TemporaryFile(writer.bytes(), suffix: ".gguf")
        // The mapping outlives the file's name.
        return try withExtendedLifetime(file) { try load(path: file.path, options: options) }
    }
}
