import Documents
import KeyIndex
import Transformer

extension Corpus {
    /// The passages of an index.
    /// - Parameter filter: Of which documents.
    /// - Throws: ``IndexError`` where the index was built with another model, profile or plan.
    package init(
        _ index: AttentionIndex, filter: DocumentFilter = DocumentFilter(), context: RetrievalContext,
        model: any LanguageModel
    ) throws {
        guard let model = model as? any IndexableModel else { throw IndexError.modelWithoutKeys(name: model.name) }
        try index.checkServes(IndexRecipe(model: model, profile: context.profile, plan: context.plan), model: model)
        self.init(
            windows: index.catalog.windows, names: index.catalog.documents.mapValues(\.name),
            longestContext: context.plan.longestContext,
            isSearched: index.search(filter))
        guard tokenCount > 0 else { throw IndexError.nothingMeant(path: index.path) }
        context.meter.documentTokens = tokenCount
    }
}
