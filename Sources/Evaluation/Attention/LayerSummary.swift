/// The share of questions for which each layer and head ranks the passage that answers first.
public struct LayerSummary: Sendable, Encodable, Equatable {
    /// `layers`
    public var task = "layers"
    /// `layer 0`, ...: all heads of the layer summed; `chance`: the share that ranks by chance would reach.
    public var overall: [String: Double]
    /// 95 % bootstrap interval of each layer's share, `[low, high]`.
    public var interval: [String: [Double]]
    /// `layer 0`: `head 0`, ...: each head alone.
    public var groups: [String: [String: Double]]
    /// Number of questions.
    public var questions: Int

    /// For each layer the share of questions.
    package var layers: [Double]
    /// For each layer and head.
    package var heads: [[Double]]

    private enum CodingKeys: String, CodingKey { case task, overall, interval, groups, questions }

    /// Summarises readings of one model.
    public init(_ readings: [AttentionReading]) {
        questions = readings.count
        let count = readings.map(\.layerRanks.count).min() ?? 0
        func firsts(_ rank: (AttentionReading) -> Int) -> [Double] { readings.map { rank($0) == 1 ? 1 : 0 } }
        let layerFirsts = (0..<count).map { layer in firsts { $0.layerRanks[layer] } }
        layers = layerFirsts.map(Self.mean)
        heads = (0..<count).map { layer in
            let width = readings.map { $0.headRanks[layer].count }.min() ?? 0
            return (0..<width).map { head in Self.mean(firsts { $0.headRanks[layer][head] }) }
        }
        overall = ["chance": Self.mean(readings.map { 1 / Double(max(1, $0.passages)) })]
        interval = [:]
        groups = [:]
        for layer in 0..<count {
            let name = "layer \(layer)"
            overall[name] = layers[layer]
            interval[name] = Bootstrap.interval95(of: layerFirsts[layer]).map { [$0.lowerBound, $0.upperBound] }
            groups[name] = Dictionary(
                uniqueKeysWithValues: heads[layer].enumerated().map { ("head \($0.offset)", $0.element) })
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
