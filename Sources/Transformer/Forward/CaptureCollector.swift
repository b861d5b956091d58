import Tensors

/// Gathers the attention that a probe asked for, as chunks and layers come by.
struct CaptureCollector {
    private let probe: AttentionProbe
    private var values: [Float]

    init(probe: AttentionProbe) {
        self.probe = probe
        values = [Float](repeating: 0, count: probe.heads.count * probe.rows.count * probe.columns.count)
    }

    /// What has been gathered.
    var capture: AttentionCapture { AttentionCapture(probe: probe, values: values) }

    /// Takes the attention of some of the probe's rows in one layer.
    ///
    /// - Parameters:
    ///   - rows: Positions; their queries are the rows of `queries`, and the last of them ends `cache`.
    ///   - heads: Indices into the probe's heads, all of the layer.
    mutating func collect(
        _ rows: Range<Int>, heads: [Int], queries: MatrixView, cache: KeyValueView, attention: Attention,
        on pool: ThreadPool
    ) {
        let width = probe.columns.count
        // Behind the last row there is nothing to see.
        let columns =
            probe.columns.lowerBound..<max(probe.columns.lowerBound, min(probe.columns.upperBound, cache.count))
        guard !columns.isEmpty else { return }
        let probabilities = [Float](
            unsafeUninitializedCapacity: heads.count * rows.count * columns.count
        ) { buffer, count in
            attention.probe(
                queries: queries, cache: cache, heads: heads.map { probe.heads[$0].head }, rows: 0..<rows.count,
                columns: columns, into: buffer, on: pool)
            count = heads.count * rows.count * columns.count
        }
        for (index, slot) in heads.enumerated() {
            for row in 0..<rows.count {
                let source = (index * rows.count + row) * columns.count
                let target = (slot * probe.rows.count + rows.lowerBound - probe.rows.lowerBound + row) * width
                values.replaceSubrange(
                    target..<target + columns.count, with: probabilities[source..<source + columns.count])
            }
        }
    }
}
