import Documents
import KeyIndex
import Passages

extension Corpus {
    /// Cuts documents into windows of passages, which are kept in a temporary file. Nothing goes through the model.
    /// - Throws: ``DocumentError``.
    package init(reading documents: [Document], context: RetrievalContext) throws {
        var reader = WindowReader(
            PassageReader(
                documents, unit: context.profile.unit, segmentation: context.plan.segmentation, window: context.window,
                tokenizer: context.tokenizer),
            windowSize: context.window, totalBytes: nil)
        var scratch = try ScratchWindows()
        while let chunk = try reader.nextChunk() {
            try Task.checkCancellation()
            try scratch.append(Window(chunk.passages, paragraphBreak: context.paragraphBreak))
        }
        let names = documents.enumerated().map { (UInt32(truncatingIfNeeded: $0.offset), $0.element.name) }
        self.init(
            windows: try scratch.windows(), names: Dictionary(uniqueKeysWithValues: names),
            longestContext: context.plan.longestContext)
        context.meter.omissions = reader.reader.omissions
        guard tokenCount > 0 else { throw reader.reader.failure ?? .empty }
        context.meter.documentTokens = tokenCount
        context.meter.add(reader.reader.tokenizing, to: .tokenize)
    }
}
