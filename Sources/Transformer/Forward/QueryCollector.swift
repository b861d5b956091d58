import Tensors

/// Gathers the query vectors that a probe asked for, as chunks and layers come by.
struct QueryCollector {
    private let probe: QueryProbe
    private let headDimension: Int
    /// The factor of the softmax, by layer.
    private let scales: [Float]
    private var values: [Float]

    /// - Parameter layers: Their heads that are probed must be of one size.
    init(probe: QueryProbe, layers: [LayerPlan]) {
        self.probe = probe
        headDimension = probe.heads.first.map { layers[$0.layer].attention.headDimension } ?? 0
        scales = layers.map(\.attention.scale)
        values = [Float](repeating: 0, count: probe.heads.count * probe.rows.count * headDimension)
    }

    /// What has been gathered.
    var capture: QueryCapture { QueryCapture(probe: probe, values: values) }

    /// Takes the queries of some of the probe's rows in one layer.
    ///
    /// - Parameters:
    ///   - rows: Positions; their queries are the rows of `queries`.
    ///   - heads: Indices into the probe's heads, all of the layer.
    mutating func collect(_ rows: Range<Int>, heads: [Int], queries: MatrixView) {
        for slot in heads {
            let column = probe.heads[slot].head * headDimension
            let scale = scales[probe.heads[slot].layer]
            for row in 0..<rows.count {
                let target = (slot * probe.rows.count + rows.lowerBound - probe.rows.lowerBound + row) * headDimension
                let source = queries.row(row)
                for index in 0..<headDimension { values[target + index] = scale * source[column + index] }
            }
        }
    }
}
