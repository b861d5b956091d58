/// Where first stages are registered: by their name in a plan, for the corpora that they read. A new one is a file with a
/// ``FirstStage`` and its name, and a line here.
package enum FirstStages {
    /// Stages that read documents.
    package static let ofDocuments:
        [RetrievalPlan.Stage: @Sendable (RetrievalContext) -> any FirstStage<DocumentWindow>] = [
            .windows: { WindowStage($0) }
        ]

    /// Stages that look into an index.
    package static let ofIndex:
        [RetrievalPlan.Stage: @Sendable (IndexCorpus, RetrievalContext) throws -> any FirstStage<IndexedWindows>] = [
            .keys: { try KeyStage($0, context: $1) },
            .lexical: { corpus, context in LexicalStage(context, passages: corpus.forEachText) },
        ]

    /// The first stages of a plan.
    /// - Throws: ``RetrievalError/invalidOption(name:reason:)`` where one of them is not registered.
    package static func stages<Maker>(_ names: [RetrievalPlan.Stage], from registry: [RetrievalPlan.Stage: Maker])
        throws
        -> [Maker]
    {
        try names.map { name in
            guard let maker = registry[name] else {
                let known = registry.keys.map(\.rawValue).sorted().joined(separator: ", ")
                throw RetrievalError.invalidOption(
                    name: "stages", reason: "'\(name.rawValue)' does not read this; there are: \(known)")
            }
            return maker
        }
    }
}
