import Tokenization

/// A checked request of one sequence, and what follows from it: which rows of which layer must be computed.
struct SequencePlan {
    let tokens: [TokenID]
    /// What the tokens continue.
    let cache: TransformerCache
    /// The position of the first new token.
    let start: Int
    /// The last layer that the pass touches.
    let lastLayer: Int
    /// Whether only keys (and probed queries) of the last layer are computed.
    let stopsAtKeys: Bool
    let probe: AttentionProbe?
    /// Positions whose outputs are asked for, in the order of the answer.
    let outputPositions: [Int]
    /// For each of these the token whose log-probability is asked for in place of all logits; or nil.
    let targets: [TokenID]?
    /// For each layer the indices of the probe's heads in it.
    private let slots: [Int: [Int]]
    let queryProbe: QueryProbe?
    /// For each layer the indices of the query probe's heads in it.
    private let querySlots: [Int: [Int]]

    /// The positions of the new tokens.
    var positions: Range<Int> { start..<start + tokens.count }

    /// - Throws: ``ForwardError``.
    init(_ request: ForwardRequest, shape: ModelShape, cache: TransformerCache) throws(ForwardError) {
        guard !request.tokens.isEmpty else { throw .noTokens }
        if let id = request.tokens.first(where: { $0 < 0 || Int($0) >= shape.vocabulary }) {
            throw .unknownToken(id: id, vocabulary: shape.vocabulary)
        }
        let end = cache.count + request.tokens.count
        guard end <= shape.contextLength else {
            throw .contextExceeded(needed: end, contextLength: shape.contextLength)
        }
        tokens = request.tokens
        self.cache = cache
        start = cache.count
        switch request.depth {
        case .whole:
            lastLayer = shape.layers - 1
            stopsAtKeys = false
        case .keys(let layer):
            guard layer >= 0, layer < shape.layers else { throw .unknownLayer(layer, layers: shape.layers) }
            guard request.outputs == .none else { throw .outputsNeedWholeDepth }
            lastLayer = layer
            stopsAtKeys = true
        }
        if let layer = cache.firstGap(below: lastLayer + 1, keysOnly: stopsAtKeys ? lastLayer : nil) {
            throw .cacheTooShallow(layer: layer)
        }
        (outputPositions, targets) = try Self.outputs(request.outputs, among: start..<end, shape: shape)
        probe = request.probe
        if let probe {
            try Self.check(probe, shape: shape, rows: start..<end, lastLayer: lastLayer)
            slots = Dictionary(grouping: probe.heads.indices) { probe.heads[$0].layer }
        } else {
            slots = [:]
        }
        queryProbe = request.queries
        if let queryProbe {
            try Self.check(queryProbe.heads, shape: shape, lastLayer: lastLayer)
            try Self.check(queryProbe.rows, among: start..<end)
            querySlots = Dictionary(grouping: queryProbe.heads.indices) { queryProbe.heads[$0].layer }
        } else {
            querySlots = [:]
        }
    }

    /// Whether it is the next token of a text that is generated.
    var isDecoding: Bool {
        tokens.count == 1 && outputPositions == [start] && targets == nil && probe == nil && queryProbe == nil
    }

    /// The probe's heads in a layer, as indices into its `heads`.
    func probedHeads(layer: Int) -> [Int] { slots[layer] ?? [] }

    /// The probe's rows within a chunk of positions, if the layer is probed there.
    func probedRows(layer: Int, in chunk: Range<Int>) -> Range<Int>? {
        guard let probe, slots[layer] != nil else { return nil }
        let rows = probe.rows.clamped(to: chunk)
        return rows.isEmpty ? nil : rows
    }

    /// The query probe's heads in a layer, as indices into its `heads`.
    func queriedHeads(layer: Int) -> [Int] { querySlots[layer] ?? [] }

    /// The query probe's rows within a chunk of positions, if it asks for any of the layer's heads.
    func queriedRows(layer: Int, in chunk: Range<Int>) -> Range<Int>? {
        guard let queryProbe, querySlots[layer] != nil else { return nil }
        let rows = queryProbe.rows.clamped(to: chunk)
        return rows.isEmpty ? nil : rows
    }

    /// The positions of a chunk whose outputs of a layer are used. Of the last layer: the smallest range that has all those
    /// that something asks for.
    func outputs(ofLayer layer: Int, in chunk: Range<Int>) -> Range<Int>? {
        guard layer == lastLayer else { return chunk }
        let asked = outputPositions.lazy.filter { chunk.contains($0) }
        guard let first = asked.min(), let last = asked.max() else { return nil }
        return first..<last + 1
    }

    /// The positions of a chunk whose queries of a layer are used.
    func queries(ofLayer layer: Int, in chunk: Range<Int>) -> Range<Int>? {
        [outputs(ofLayer: layer, in: chunk), probedRows(layer: layer, in: chunk), queriedRows(layer: layer, in: chunk)]
            .compactMap(\.self)
            .reduce(nil) { whole, part in
                guard let whole else { return part }
                return min(whole.lowerBound, part.lowerBound)..<max(whole.upperBound, part.upperBound)
            }
    }

    /// Whether the values of a layer are computed.
    func needsValues(ofLayer layer: Int) -> Bool { layer < lastLayer || (layer == lastLayer && !stopsAtKeys) }

    private static func outputs(
        _ outputs: OutputRequest, among tokens: Range<Int>, shape: ModelShape
    ) throws(ForwardError) -> ([Int], targets: [TokenID]?) {
        let positions: [Int]
        var targets: [TokenID]?
        switch outputs {
        case .none: positions = []
        case .last: positions = [tokens.upperBound - 1]
        case .all: positions = Array(tokens)
        case .positions(let asked): positions = asked
        case .logProbabilities(let asked):
            positions = asked.map(\.position)
            targets = asked.map(\.token)
        }
        if let outside = positions.first(where: { !tokens.contains($0) }) {
            throw .outputsOutside(position: outside, tokens: tokens)
        }
        if let id = targets?.first(where: { $0 < 0 || Int($0) >= shape.vocabulary }) {
            throw .unknownToken(id: id, vocabulary: shape.vocabulary)
        }
        return (positions, targets)
    }

    private static func check(
        _ probe: AttentionProbe, shape: ModelShape, rows: Range<Int>, lastLayer: Int
    ) throws(ForwardError) {
        try check(probe.heads, shape: shape, lastLayer: lastLayer)
        try check(probe.rows, among: rows)
        let sequence = 0..<rows.upperBound
        guard probe.columns.lowerBound >= 0, probe.columns.upperBound <= sequence.upperBound else {
            throw .columnsOutside(columns: probe.columns, sequence: sequence)
        }
    }

    private static func check(
        _ heads: [AttentionHead], shape: ModelShape, lastLayer: Int
    ) throws(ForwardError) {
        for head in heads {
            guard head.layer >= 0, head.layer < shape.layers, head.head >= 0, head.head < shape.heads else {
                throw .unknownHead(head, layers: shape.layers, heads: shape.heads)
            }
            guard head.layer <= lastLayer else { throw .headAboveDepth(head, lastLayer: lastLayer) }
        }
    }

    private static func check(_ rows: Range<Int>, among tokens: Range<Int>) throws(ForwardError) {
        guard rows.isEmpty || (rows.lowerBound >= tokens.lowerBound && rows.upperBound <= tokens.upperBound) else {
            throw .rowsOutside(rows: rows, tokens: tokens)
        }
    }
}
