/// Which softmax attention a pass is to capture.
public struct AttentionProbe: Sendable, Hashable {
    /// The heads, in the order in which the capture holds them.
    public var heads: [AttentionHead]
    /// The query rows: positions in the sequence (what the cache held before included) among the request's tokens.
    public var rows: Range<Int>
    /// The key positions, in the sequence up to the request's last token. Positions behind a row's own have attention 0.
    public var columns: Range<Int>

    /// Asks for every combination of a head, a row and a column.
    public init(heads: [AttentionHead], rows: Range<Int>, columns: Range<Int>) {
        self.heads = heads
        self.rows = rows
        self.columns = columns
    }
}

/// The attention that a probe asked for: probabilities after softmax over all positions that a row sees, of which the
/// probe's columns are kept.
public struct AttentionCapture: Sendable {
    /// What was asked for.
    public let probe: AttentionProbe
    /// heads x rows x columns probabilities, row-major in this order.
    public let values: [Float]

    /// `values` has one element for each head, row and column of the probe.
    public init(probe: AttentionProbe, values: [Float]) {
        precondition(
            values.count == probe.heads.count * probe.rows.count * probe.columns.count,
            "A capture holds one value for each head, row and column of its probe.")
        self.probe = probe
        self.values = values
    }

    /// The attention of one head and row over the probe's columns.
    ///
    /// - Parameters:
    ///   - head: Index into the probe's `heads`.
    ///   - row: Offset into the probe's `rows`, counted from 0.
    public func row(head: Int, row: Int) -> ArraySlice<Float> {
        precondition(probe.heads.indices.contains(head) && row >= 0 && row < probe.rows.count, "Not in the probe.")
        let start = (head * probe.rows.count + row) * probe.columns.count
        return values[start..<start + probe.columns.count]
    }
}
