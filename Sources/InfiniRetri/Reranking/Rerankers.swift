/// Where rerankers are registered: by their name in a plan. A new one is a file with a ``Reranker`` and its name, and a line here.
package enum Rerankers {
    /// Makes a reranker that reads so many of the best candidates.
    package typealias Maker = @Sendable (_ passages: Int, RetrievalContext) -> any Reranker

    /// All of them.
    package static let all: [RetrievalPlan.Reranking.Method: Maker] = [
        .likelihood: { LikelihoodReranker($1, passages: $0) }
    ]

    /// The rerankers of a plan's steps.
    /// - Throws: ``RetrievalError/invalidOption(name:reason:)`` where one of them is not registered.
    package static func rerankers(
        _ steps: [RetrievalPlan.Reranking], _ context: RetrievalContext,
        from registry: [RetrievalPlan.Reranking.Method: Maker] = all
    ) throws -> [any Reranker] {
        try steps.map { step in
            guard let maker = registry[step.by] else {
                let known = registry.keys.map(\.rawValue).sorted().joined(separator: ", ")
                throw RetrievalError.invalidOption(
                    name: "reranking", reason: "there is no '\(step.by.rawValue)'; there are: \(known)")
            }
            return maker(step.passages, context)
        }
    }
}
