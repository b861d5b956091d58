/// Which query vectors a pass is to capture.
public struct QueryProbe: Sendable, Hashable {
    /// The heads, in the order in which the capture holds them.
    public var heads: [AttentionHead]
    /// Positions in the sequence (what the cache held before included) among the request's tokens.
    public var rows: Range<Int>

    /// Asks for every combination of a head and a row.
    public init(heads: [AttentionHead], rows: Range<Int>) {
        self.heads = heads
        self.rows = rows
    }
}

/// The query vectors that a probe asked for, rotated to their positions and multiplied with the factor of the softmax: the
/// dot product of one of them with a cached key is the key's logit.
public struct QueryCapture: Sendable {
    /// What was asked for.
    public let probe: QueryProbe
    /// heads x rows x headDimension, row-major in this order.
    public let values: [Float]

    /// `values` has one vector for each head and row of the probe.
    public init(probe: QueryProbe, values: [Float]) {
        precondition(
            values.count.isMultiple(of: max(1, probe.heads.count * probe.rows.count)),
            "A capture holds one vector for each head and row of its probe.")
        self.probe = probe
        self.values = values
    }
}
