import Documents
import Tokenization

/// The documents of a calibration: written ones, and every other time, where the user gave texts, a stretch of these with
/// facts planted into it.
struct SyntheticDocumentSource {
    private var written: SyntheticDocumentGenerator
    private var planted: PlantedFacts?
    private var count = 0

    /// - Parameters:
    ///   - count: Documents that will be asked for.
    ///   - texts: The user's texts.
    /// - Throws: ``DocumentError`` where a text cannot be read, or all are empty.
    init(_ written: SyntheticDocumentGenerator, count: Int, texts: [Document], seed: UInt64, tokenizer: Tokenizer)
        throws
    {
        self.written = written
        if !texts.isEmpty {
            planted = try PlantedFacts(texts, stretches: (count + 1) / 2, seed: seed, tokenizer: tokenizer)
        }
    }

    mutating func next() -> SyntheticDocument {
        defer { count += 1 }
        if count % 2 == 1, let document = planted?.next() { return document }
        return written.next()
    }
}
