import Tokenization
import Transformer

/// A question that has been run through the model without any document: its queries, and what they attend to besides a
/// window's keys.
package struct QuestionQueries {
    /// The queries that read one of the index's key sources.
    struct Group {
        /// Index of the source in the index's layout.
        var source: Int
        /// queries x dimension, rotated to their positions directly behind the prefix; by head, then by row.
        var queries: [Float]
        /// The weight of each query: that of its row.
        var weights: [Float]
        /// The prefix's keys: prefix tokens x dimension.
        var prefixKeys: [Float]
        /// For each query the largest logit among the question's own keys, and the sum of their powers relative to it.
        /// They stay as they are wherever the question stands: only distances count.
        var ownMaximum: [Float]
        var ownPowers: [Float]

        /// Number of queries.
        var count: Int { weights.count }
    }

    var groups: [Group]

    /// Runs a question.
    /// - Parameters:
    ///   - prefix: The tokens that stand before every window of the index.
    ///   - suffix: What stands behind a window.
    ///   - queryTokens: Places in the suffix of the tokens whose queries are taken.
    ///   - weights: The weight of each of them.
    ///   - index: Its layout must hold the keys that these heads read.
    package init(
        prefix: [TokenID], suffix: [TokenID], queryTokens: Range<Int>, weights: [Float], heads: [AttentionHead],
        index: AttentionIndex, model: any IndexableModel
    ) throws {
        let layout = index.description.layout
        let cache = model.makeCache()
        let start = prefix.count
        let rows = start + queryTokens.lowerBound..<start + queryTokens.upperBound
        let request = ForwardRequest(
            tokens: prefix + suffix, queries: QueryProbe(heads: heads, rows: rows),
            depth: .keys(ofLayer: heads.map(\.layer).max() ?? 0), outputs: .none)
        let size = rows.count * layout.dimension
        guard let values = try model.forward(request, cache: cache).queries?.values, values.count == heads.count * size
        else { throw IndexError.modelWithoutKeys(name: model.name) }
        groups = []
        for (index, source) in layout.sources.enumerated() {
            let slots = heads.indices.filter { KeyLayout.source(of: heads[$0], shape: model.shape) == source }
            guard !slots.isEmpty else { continue }
            let keys = try model.keys(
                in: cache, layer: source.layer, head: source.keyValueHead, positions: 0..<start + suffix.count)
            let queries = slots.flatMap { values[$0 * size..<($0 + 1) * size] }
            let ownKeys = Array(keys[(start * layout.dimension)...])
            let own = Self.ownLogits(
                of: queries, keys: ownKeys, rows: queryTokens, dimension: layout.dimension)
            groups.append(
                Group(
                    source: index, queries: queries, weights: slots.flatMap { _ in weights },
                    prefixKeys: Array(keys[..<(start * layout.dimension)]), ownMaximum: own.maximum,
                    ownPowers: own.powers))
        }
    }

    /// - Parameter rows: Of each query the place of its token among the own keys, repeated for every head.
    private static func ownLogits(
        of queries: [Float], keys: [Float], rows: Range<Int>, dimension: Int
    ) -> (maximum: [Float], powers: [Float]) {
        var maxima: [Float] = []
        var powers: [Float] = []
        for query in 0..<queries.count / dimension {
            let last = rows.lowerBound + query % rows.count
            let logits = (0...last).map { key in
                (0..<dimension).reduce(Float(0)) {
                    $0 + queries[query * dimension + $1] * keys[key * dimension + $1]
                }
            }
            let maximum = logits.max() ?? 0
            maxima.append(maximum)
            powers.append(logits.reduce(0) { $0 + exponential($1 - maximum) })
        }
        return (maxima, powers)
    }
}
