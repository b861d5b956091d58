import Tokenization

/// The documents of a calibration: written ones, and every other time, where the user gave texts, a stretch of these with
/// facts planted into it.
struct ProbeSource {
    private var written: ProbeGenerator
    private var planted: PlantedProbes?
    private var count = 0

    /// - Throws: ``DocumentError`` where a text cannot be read, or all are empty.
    init(options: CalibrationOptions, tokenizer: Tokenizer) throws {
        written = ProbeGenerator(seed: options.seed)
        if !options.texts.isEmpty {
            planted = try PlantedProbes(
                options.texts, stretches: (options.documents + options.checkDocuments + 1) / 2, seed: options.seed,
                tokenizer: tokenizer)
        }
    }

    mutating func next() -> ProbeDocument {
        defer { count += 1 }
        if count % 2 == 1, let document = planted?.next() { return document }
        return written.next()
    }
}
