import Tensors

/// Gathers the attention that a probe asked for, as chunks and layers come by.
final class CaptureCollector {
    private let probe: AttentionProbe
    /// heads x rows x columns.
    private let values: Matrix

    init(probe: AttentionProbe) {
        self.probe = probe
        values = Matrix(rows: probe.heads.count * probe.rows.count, columns: probe.columns.count)
    }

    /// What has been gathered.
    var capture: AttentionCapture {
        AttentionCapture(
            probe: probe,
            values: Array(UnsafeBufferPointer(start: values.pointer, count: values.rows * values.columns)))
    }

    /// What to probe in one layer for some of the probe's rows.
    ///
    /// - Parameters:
    ///   - rows: Positions, whose queries are those of `sequence`.
    ///   - heads: Indices into the probe's heads, all of the layer.
    func probes(_ rows: Range<Int>, heads: [Int], of sequence: Attention.Sequence) -> [Attention.Probe] {
        guard !probe.columns.isEmpty else { return [] }
        return heads.map { slot in
            let first = slot * probe.rows.count + rows.lowerBound - probe.rows.lowerBound
            return Attention.Probe(
                sequence: sequence, head: probe.heads[slot].head, columns: probe.columns,
                output: values.view(rows: first..<first + rows.count))
        }
    }
}
