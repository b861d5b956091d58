import Tensors

/// One run of tokens through the blocks, chunk by chunk, so that memory does not grow with their number.
struct ForwardPass {
    let plan: PassPlan
    let network: Network
    let cache: TransformerCache
    let scratch: Scratch
    private var logits: LogitsCollector
    private var capture: CaptureCollector?
    private var queryCapture: QueryCollector?

    private var pool: ThreadPool { network.pool }
    private var shape: ModelShape { network.shape }

    init(plan: PassPlan, network: Network, cache: TransformerCache, scratch: Scratch) {
        self.plan = plan
        self.network = network
        self.cache = cache
        self.scratch = scratch
        logits = LogitsCollector(positions: plan.logitPositions, vocabulary: network.shape.vocabulary)
        capture = plan.probe.map(CaptureCollector.init)
        queryCapture = plan.queryProbe.map {
            QueryCollector(probe: $0, headDimension: network.shape.headDimension, scale: network.attention.scale)
        }
    }

    /// Runs the pass. When it throws, the cache is as it was.
    mutating func run() throws -> ForwardResult {
        do {
            for layer in 0...plan.lastLayer {
                let keysOnly = plan.stopsAtKeys && layer == plan.lastLayer
                cache.reserve(plan.positions.upperBound, layer: layer, values: !keysOnly)
            }
            for start in stride(from: plan.start, to: plan.positions.upperBound, by: scratch.rows) {
                let chunk = start..<min(start + scratch.rows, plan.positions.upperBound)
                try run(chunk)
                cache.advance(by: chunk.count)
            }
        } catch {
            cache.truncate(to: plan.start)
            throw error
        }
        return ForwardResult(attention: capture?.capture, queries: queryCapture?.capture, logits: logits.rows)
    }

    private mutating func run(_ chunk: Range<Int>) throws {
        let tokens = plan.tokens[chunk.lowerBound - plan.start..<chunk.upperBound - plan.start]
        network.weights.embedding.load(tokens, into: scratch.residual.view(rows: 0..<chunk.count), on: pool)
        let rotary = network.rotary.covering(plan.positions.upperBound)
        for layer in 0...plan.lastLayer {
            try Task.checkCancellation()
            try run(layer: layer, chunk, rotary: rotary)
        }
        guard let needed = plan.neededOutputs(in: chunk) else { return }
        try logits.collect(
            needed, residual: residual(needed, of: chunk), norm: network.weights.outputNorm,
            epsilon: network.hyperparameters.normEpsilon, head: network.weights.head(), on: pool)
    }

    private mutating func run(layer: Int, _ chunk: Range<Int>, rotary: RotaryTable) throws {
        let block = try network.weights.block(layer)
        let isLast = layer == plan.lastLayer
        let keysOnly = plan.stopsAtKeys && isLast

        scratch.fromResidual.load(
            normalizing: residual(chunk, of: chunk), weight: block.attentionNorm.pointer,
            epsilon: network.hyperparameters.normEpsilon, on: pool)
        appendKeys(block, layer: layer, chunk, rotary: rotary)
        if !keysOnly { appendValues(block, layer: layer, chunk) }

        // Of the last layer only those rows go on that something asks for.
        let outputs = isLast ? (keysOnly ? nil : plan.neededOutputs(in: chunk)) : chunk
        let probed = plan.probedRows(layer: layer, in: chunk)
        let queried = plan.queriedRows(layer: layer, in: chunk)
        guard let asked = union(union(outputs, probed), queried) else { return }
        computeQueries(block, asked, chunk: chunk, rotary: rotary)
        if let probed { captureAttention(layer: layer, rows: probed, queries: asked, sequenceEnd: chunk.upperBound) }
        if let queried {
            queryCapture?.collect(
                queried, heads: plan.queriedHeads(layer: layer),
                queries: scratch.queries.view(rows: queried.offset(by: -asked.lowerBound)))
        }
        guard let outputs else { return }
        attend(block, layer: layer, outputs, queries: asked, chunk: chunk)
        feedForward(block, residual(outputs, of: chunk))
    }

    /// The rows of the residual stream that belong to `positions` of a chunk.
    private func residual(_ positions: Range<Int>, of chunk: Range<Int>) -> MatrixView {
        scratch.residual.view(rows: positions.offset(by: -chunk.lowerBound))
    }

    private func appendKeys(_ block: Block, layer: Int, _ chunk: Range<Int>, rotary: RotaryTable) {
        let keys = scratch.keys.view(rows: 0..<chunk.count)
        block.key.apply(scratch.fromResidual, into: keys, on: pool)
        normalizeHeads(keys, weight: block.keyNorm)
        rotary.apply(to: keys, headDimension: shape.headDimension, start: chunk.lowerBound, on: pool)
        cache.appendKeys(keys, layer: layer, start: chunk.lowerBound, on: pool)
    }

    private func appendValues(_ block: Block, layer: Int, _ chunk: Range<Int>) {
        let values = scratch.keys.view(rows: 0..<chunk.count)
        block.value.apply(scratch.fromResidual, into: values, on: pool)
        cache.appendValues(values, layer: layer, start: chunk.lowerBound, on: pool)
    }

    /// Queries of the positions `asked`, in the first rows of `scratch.queries`.
    private func computeQueries(_ block: Block, _ asked: Range<Int>, chunk: Range<Int>, rotary: RotaryTable) {
        if asked != chunk {
            scratch.fromResidual.load(
                normalizing: residual(asked, of: chunk), weight: block.attentionNorm.pointer,
                epsilon: network.hyperparameters.normEpsilon, on: pool)
        }
        let queries = scratch.queries.view(rows: 0..<asked.count)
        block.query.apply(scratch.fromResidual, into: queries, on: pool)
        normalizeHeads(queries, weight: block.queryNorm)
        rotary.apply(to: queries, headDimension: shape.headDimension, start: asked.lowerBound, on: pool)
    }

    private func normalizeHeads(_ vectors: MatrixView, weight: Matrix?) {
        guard let weight else { return }
        Elementwise.rootMeanSquareNorm(
            heads: vectors, width: shape.headDimension, weight: weight.pointer,
            epsilon: network.hyperparameters.normEpsilon, on: pool)
    }

    private mutating func captureAttention(layer: Int, rows: Range<Int>, queries: Range<Int>, sequenceEnd: Int) {
        // The rows' queries must end the sequence that they look at: what lies behind them is not seen anyway.
        let view = cache.view(layer: layer, count: rows.upperBound)
        let matrix = scratch.queries.view(rows: rows.offset(by: -queries.lowerBound))
        let (attention, pool) = (network.attention, pool)
        capture?.collect(
            rows, heads: plan.probedHeads(layer: layer), queries: matrix, cache: view, attention: attention, on: pool)
    }

    private func attend(
        _ block: Block, layer: Int, _ outputs: Range<Int>, queries: Range<Int>, chunk: Range<Int>
    ) {
        let attended = scratch.attended.view(rows: 0..<outputs.count)
        network.attention.apply(
            queries: scratch.queries.view(rows: outputs.offset(by: -queries.lowerBound)),
            cache: cache.view(layer: layer, count: outputs.upperBound), into: attended, workspace: scratch.attention,
            on: pool)
        scratch.fromAttended.load(attended, on: pool)
        block.attentionOutput.apply(scratch.fromAttended, addingTo: residual(outputs, of: chunk), on: pool)
    }

    private func feedForward(_ block: Block, _ residual: MatrixView) {
        scratch.fromResidual.load(
            normalizing: residual, weight: block.feedForwardNorm.pointer, epsilon: network.hyperparameters.normEpsilon,
            on: pool)
        block.gated.apply(scratch.fromResidual, loading: scratch.fromGated, on: pool)
        block.down.apply(scratch.fromGated, addingTo: residual, on: pool)
    }
}

/// The smallest range that has both.
private func union(_ left: Range<Int>?, _ right: Range<Int>?) -> Range<Int>? {
    guard let left, let right else { return left ?? right }
    return min(left.lowerBound, right.lowerBound)..<max(left.upperBound, right.upperBound)
}

extension Range<Int> {
    /// The range moved by `distance`.
    func offset(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
