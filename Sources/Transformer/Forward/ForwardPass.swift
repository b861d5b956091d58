import Tensors

/// One run of several sequences through the layers, chunk by chunk, so that memory does not grow with their tokens.
///
/// Linear layers see the rows of all sequences as one matrix; in attention each sees itself alone. What a layer computes stands in
/// its ``LayerPlan``, what is needed of it in each ``SequencePlan``.
struct ForwardPass {
    private let sequences: [SequencePlan]
    private let network: Network
    private let scratch: Scratch
    private let share: TurnQueue.Share
    /// Whether the rows are tokens that are generated: few, so that reading the weights takes most of the time.
    private let isDecoding: Bool
    private var attention: [CaptureCollector?]
    private var queries: [QueryCollector?]
    private var outputs: [OutputCollector]

    private var pool: ThreadPool { network.pool }

    /// Rows of a turn: a larger chunk's turn is one part of a layer, some milliseconds; a smaller chunk's are several.
    private static let rowsOfTurn = 512

    /// - Parameter share: Claims the turns; tokens that are generated take one for all layers, and are not cancelled on their way.
    init(_ sequences: [SequencePlan], network: Network, scratch: Scratch, share: TurnQueue.Share) {
        self.sequences = sequences
        self.network = network
        self.scratch = scratch
        self.share = share
        isDecoding = sequences.allSatisfy(\.isDecoding)
        attention = sequences.map { $0.probe.map(CaptureCollector.init) }
        queries = sequences.map { plan in
            plan.queryProbe.map { QueryCollector(probe: $0, layers: network.layers) }
        }
        outputs = sequences.map(OutputCollector.init)
    }

    /// Runs the pass. When it throws, the caches are as they were.
    mutating func run() throws -> [ForwardResult] {
        do {
            for plan in sequences {
                for layer in 0...plan.lastLayer {
                    plan.cache.reserve(
                        plan.positions.upperBound, layer: layer, values: plan.needsValues(ofLayer: layer))
                }
            }
            for chunk in SequencePlan.chunks(of: sequences, rows: scratch.rows) {
                try run(chunk)
                for segment in chunk.segments {
                    sequences[segment.sequence].cache.advance(to: segment.positions.upperBound)
                }
            }
        } catch {
            for plan in sequences { plan.cache.truncate(to: plan.start) }
            throw error
        }
        return sequences.indices.map { index in
            ForwardResult(
                attention: attention[index]?.capture, queries: queries[index]?.capture, logits: outputs[index].logits,
                logProbabilities: outputs[index].logProbabilities)
        }
    }

    /// Where a chunk is on its way through the layers.
    private struct Progress {
        /// The rows that are still needed: the first of the residual stream.
        var rows: PackedRows
        var layer = 0
        var part = Part.projections
        /// Of the layer's rows those whose queries are used, and those that go on behind attention.
        var asked: PackedRows
        var going: PackedRows

        /// The parts of a layer, in their order, and what follows the last layer.
        enum Part { case projections, attention, feedForward, outputs }

        init(_ chunk: PackedRows) { (rows, asked, going) = (chunk, chunk, chunk) }
    }

    private mutating func run(_ chunk: PackedRows) throws {
        let tokens = chunk.segments.flatMap { segment in
            let plan = sequences[segment.sequence]
            return plan.tokens[segment.positions.offset(by: -plan.start)]
        }
        network.weights.embedding.load(tokens, into: scratch.residual.view(rows: 0..<chunk.count), on: pool)
        var progress = Progress(chunk)
        try pool.turns.turns(of: share) {
            if !isDecoding { try Task.checkCancellation() }
            var room = isDecoding ? Int.max : Self.rowsOfTurn
            repeat {
                room -= progress.rows.count
                guard try advance(&progress) else { return false }
            } while room > 0
            return true
        }
    }

    /// Computes the next part.
    /// - Returns: Whether another follows.
    private mutating func advance(_ progress: inout Progress) throws -> Bool {
        let layer = progress.layer
        switch progress.part {
        case .projections:
            let rows = progress.rows
            let (block, plan) = (try network.weights.block(layer), network.layers[layer])
            // Of a sequence's last layer only those rows go on that something asks for.
            progress.asked = rows.narrowed { sequences[$0.sequence].queries(ofLayer: layer, in: $0.positions) }
            normalize(rows, weight: block.attentionNorm)
            project(block, layer: layer, rows, queries: progress.asked == rows)
            storeKeysAndValues(block, layer: layer, rows)
            guard !progress.asked.isEmpty else { return false }
            if progress.asked != rows {
                rows.gather(progress.asked, in: scratch.residual)
                normalize(progress.asked, weight: block.attentionNorm)
                block.query.apply(
                    scratch.fromResidual, into: scratch.queries.view(rows: 0..<progress.asked.count), on: pool)
            }
            transformQueries(block, layer: layer, progress.asked)
            capture(plan, layer: layer, progress.asked)
            progress.going = progress.asked.narrowed {
                sequences[$0.sequence].outputs(ofLayer: layer, in: $0.positions)
            }
            guard !progress.going.isEmpty else { return false }
            progress.part = .attention
        case .attention:
            attend(
                try network.weights.block(layer), network.layers[layer], layer: layer, progress.asked, progress.going)
            progress.rows = progress.going
            progress.part = .feedForward
        case .feedForward:
            feedForward(try network.weights.block(layer), progress.rows)
            progress.layer += 1
            progress.part = progress.layer < network.layers.count ? .projections : .outputs
        case .outputs:
            try OutputCollector.collect(
                progress.rows, residual: scratch.residual, into: &outputs, network: network, form: form)
            return false
        }
        return true
    }

    /// In which form linear layers multiply.
    private var form: WeightForm { isDecoding ? .blocks : .panels }

    /// Makes the normalised residual stream the input of linear layers.
    private func normalize(_ rows: PackedRows, weight: Matrix) {
        scratch.fromResidual.load(
            normalizing: scratch.residual.view(rows: 0..<rows.count), weight: weight.pointer,
            epsilon: network.normEpsilon, form: form, on: pool)
    }

    private func transform(layer: Int, normWeight: Matrix?, positions: Int) -> HeadTransform {
        HeadTransform(
            headDimension: network.layers[layer].attention.headDimension, normWeight: normWeight,
            normEpsilon: network.normEpsilon, rotary: network.rotary(ofLayer: layer).covering(positions))
    }

    /// Keys, values where they are needed, and queries if all rows have some, in one loop.
    private func project(_ block: Block, layer: Int, _ rows: PackedRows, queries: Bool) {
        let all = 0..<rows.count
        var layers = [(layer: block.key, y: scratch.keys.view(rows: all))]
        if rows.segments.contains(where: { sequences[$0.sequence].needsValues(ofLayer: layer) }) {
            layers.append((block.value, scratch.values.view(rows: all)))
        }
        if queries { layers.append((block.query, scratch.queries.view(rows: all))) }
        Linear.apply(layers, scratch.fromResidual, on: pool)
    }

    private func storeKeysAndValues(_ block: Block, layer: Int, _ rows: PackedRows) {
        let keys = scratch.keys.view(rows: 0..<rows.count), values = scratch.values.view(rows: 0..<rows.count)
        let needsValues = rows.segments.map { sequences[$0.sequence].needsValues(ofLayer: layer) }
        let positions = rows.segments.map(\.positions.upperBound).max() ?? 0
        let transform = transform(layer: layer, normWeight: block.keyNorm, positions: positions)
        KeyValueBlocks.store(
            zip(rows.segments, needsValues).map { segment, needsValues in
                KeyValueBlocks.Store(
                    blocks: sequences[segment.sequence].cache.blocks(layer: layer), start: segment.positions.lowerBound,
                    keys: keys.slice(rows: segment.rows), transform: transform,
                    values: needsValues ? values.slice(rows: segment.rows) : nil)
            }, on: pool)
        for (segment, needsValues) in zip(rows.segments, needsValues) {
            sequences[segment.sequence].cache
                .advance(to: segment.positions.upperBound, layer: layer, values: needsValues)
        }
    }

    /// Turns the queries of the rows `asked`, which are the first rows of `scratch.queries`.
    private func transformQueries(_ block: Block, layer: Int, _ asked: PackedRows) {
        let queries = scratch.queries.view(rows: 0..<asked.count)
        let positions = asked.segments.map(\.positions.upperBound).max() ?? 0
        transform(layer: layer, normWeight: block.queryNorm, positions: positions)
            .apply(
                to: asked.segments.map { (queries.slice(rows: $0.rows), $0.positions.lowerBound) }, on: pool)
    }

    private mutating func capture(_ plan: LayerPlan, layer: Int, _ asked: PackedRows) {
        var probes: [Attention.Probe] = []
        for segment in asked.segments {
            let sequence = sequences[segment.sequence]
            if let rows = sequence.probedRows(layer: layer, in: segment.positions) {
                probes +=
                    attention[segment.sequence]?.probes(
                        rows, heads: sequence.probedHeads(layer: layer),
                        of: Attention.Sequence(
                            queries: scratch.queries.view(rows: segment.rows(of: rows)),
                            blocks: sequence.cache.blocks(layer: layer), end: rows.upperBound)) ?? []
            }
            if let rows = sequence.queriedRows(layer: layer, in: segment.positions) {
                queries[segment.sequence]?.collect(
                    rows, heads: sequence.queriedHeads(layer: layer),
                    queries: scratch.queries.view(rows: segment.rows(of: rows)))
            }
        }
        plan.attention.run(probes, on: pool)
    }

    private func attend(
        _ block: Block, _ plan: LayerPlan, layer: Int, _ asked: PackedRows, _ going: PackedRows
    ) {
        let attended = scratch.attended.view(rows: 0..<going.count)
        let parts = asked.sources(of: going)
        plan.attention.apply(
            parts.map { source, target in
                Attention.Sequence(
                    queries: scratch.queries.view(rows: source.rows(of: target.positions)),
                    blocks: sequences[target.sequence].cache.blocks(layer: layer), end: target.positions.upperBound)
            }, into: parts.map { attended.slice(rows: $0.target.rows) }, on: pool)
        scratch.fromAttended.load(attended, form: form, on: pool)
        asked.gather(going, in: scratch.residual)
        block.attentionOutput.apply(
            scratch.fromAttended, addingTo: scratch.residual.view(rows: 0..<going.count), on: pool)
    }

    private func feedForward(_ block: Block, _ rows: PackedRows) {
        normalize(rows, weight: block.feedForwardNorm)
        block.gated.apply(scratch.fromResidual, loading: scratch.fromGated, on: pool)
        block.down.apply(scratch.fromGated, addingTo: scratch.residual.view(rows: 0..<rows.count), on: pool)
    }
}

extension SequencePlan {
    /// The new tokens of several sequences, in order, in chunks of at most `rows` rows.
    static func chunks(of sequences: [SequencePlan], rows: Int) -> [PackedRows] {
        var chunks: [PackedRows] = []
        var parts: [(sequence: Int, positions: Range<Int>)] = []
        var room = rows
        for (index, plan) in sequences.enumerated() {
            var left = plan.positions
            while !left.isEmpty {
                let part = left.prefix(room)
                parts.append((index, part))
                left = part.upperBound..<left.upperBound
                room -= part.count
                if room == 0 {
                    chunks.append(PackedRows(parts))
                    (parts, room) = ([], rows)
                }
            }
        }
        if !parts.isEmpty { chunks.append(PackedRows(parts)) }
        return chunks
    }
}

extension Range<Int> {
    /// The range moved by `distance`.
    func offset(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
