import Documents
import Foundation
import KeyIndex
import Passages
import Transformer

/// An index that is made of documents for one call, in the folder for temporary files.
enum TemporaryIndex {
    /// Builds it, calls `body` with it, and removes it.
    /// - Parameter report: Gets how far reading has come.
    static func with<Result>(
        _ documents: [Document], context: RetrievalContext, model: any LanguageModel,
        report: (ReadingProgress) -> Void, _ body: (AttentionIndex) throws -> Result
    ) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "infiniretri-\(UUID().uuidString).iridx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let builder = try IndexBuilder(model: model, profile: context.profile, plan: context.plan)
        let built = try builder.build(path, from: documents, report: report)
        context.meter.omissions = built.omissions
        context.meter.count(windows: built.windows, tokens: built.processedTokens, for: nil)
        let index = try AttentionIndex(path: path)
        guard index.sizes.tokens > 0 else { throw DocumentError.empty }
        return try body(index)
    }
}
