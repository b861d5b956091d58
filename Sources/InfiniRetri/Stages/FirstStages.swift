import KeyIndex
import Transformer

/// Where first stages are registered: by their name in a plan. A new one is a file with a ``FirstStage`` and its name, and a line
/// here.
package enum FirstStages {
    /// What a stage is made of.
    package struct Source {
        package var context: RetrievalContext
        /// The index that is asked; nil where documents are.
        package var index: AttentionIndex?
        package var model: any LanguageModel

        package init(context: RetrievalContext, index: AttentionIndex?, model: any LanguageModel) {
            self.context = context
            self.index = index
            self.model = model
        }
    }

    /// Makes a stage; nil where it does not read such a source.
    package typealias Maker = @Sendable (Source) throws -> (any FirstStage)?

    /// All of them.
    package static let all: [RetrievalPlan.Stage: Maker] = [
        .windows: { $0.index == nil ? WindowStage($0.context) : nil },
        .keys: { source in try source.index.map { try KeyStage($0, source.context, model: source.model) } },
        .lexical: { LexicalStage($0.context) },
    ]

    /// The first stages of a plan.
    /// - Throws: ``RetrievalError/invalidOption(name:reason:)`` where one of them is not registered, or cannot read the source.
    package static func stages(
        _ names: [RetrievalPlan.Stage], of source: Source, from registry: [RetrievalPlan.Stage: Maker] = all
    ) throws -> [any FirstStage] {
        try names.map { name in
            guard let stage = try registry[name]?(source) else {
                let known = registry.keys.map(\.rawValue).sorted().joined(separator: ", ")
                throw RetrievalError.invalidOption(
                    name: "stages", reason: "'\(name.rawValue)' does not read this; there are: \(known)")
            }
            return stage
        }
    }
}
