import Tensors

/// The weights of one layer: attention, then a gated feed-forward part, each behind a norm and added to the residual stream.
struct Block: Sendable {
    let attentionNorm: Matrix
    let query: Linear
    let key: Linear
    let value: Linear
    let queryNorm: Matrix?
    let keyNorm: Matrix?
    let attentionOutput: Linear
    let feedForwardNorm: Matrix
    let gated: GatedLinear
    let down: Linear

    /// Bytes of the linear layers' weights that are read to decode a token.
    var bytesForFewRows: Int {
        [query, key, value, attentionOutput, gated.gate, gated.up, down].reduce(0) { $0 + $1.bytesForFewRows }
    }
}

/// A block as it stands in a model file, checked; loaded when it is first needed. Retrieval passes stop below the
/// upper blocks, so that these are never loaded.
struct BlockSource: Sendable {
    private let attentionNorm: VectorSource
    private let query: LinearSource
    private let key: LinearSource
    private let value: LinearSource
    private let queryNorm: VectorSource?
    private let keyNorm: VectorSource?
    private let attentionOutput: LinearSource
    private let feedForwardNorm: VectorSource
    private let gate: LinearSource
    private let up: LinearSource
    private let down: LinearSource
    private let activation: GatedActivation

    /// - Parameter width: Of the residual stream.
    init(layer: Int, plan: LayerPlan, width: Int, finder: inout TensorFinder) throws {
        func linear(_ tensor: BlockTensor, outputs: Int, inputs: Int) throws -> LinearSource {
            try finder.linear(
                tensor.name(layer: layer), outputs: outputs, inputs: inputs,
                requiresBias: plan.requiredBiases.contains(tensor))
        }
        func norm(_ tensor: BlockTensor, _ count: Int) throws -> VectorSource {
            try finder.vector(tensor.name(layer: layer) + ".weight", count: count)
        }
        let attention = plan.attention
        let queries = attention.heads * attention.headDimension
        let keys = attention.keyValueHeads * attention.headDimension
        attentionNorm = try norm(.attentionNorm, width)
        query = try linear(.query, outputs: queries, inputs: width)
        key = try linear(.key, outputs: keys, inputs: width)
        value = try linear(.value, outputs: keys, inputs: width)
        queryNorm = plan.normalizesHeads ? try norm(.queryNorm, attention.headDimension) : nil
        keyNorm = plan.normalizesHeads ? try norm(.keyNorm, attention.headDimension) : nil
        attentionOutput = try linear(.attentionOutput, outputs: width, inputs: queries)
        feedForwardNorm = try norm(.feedForwardNorm, width)
        switch plan.feedForward {
        case .gated(let inner, let activation):
            gate = try linear(.gate, outputs: inner, inputs: width)
            up = try linear(.up, outputs: inner, inputs: width)
            down = try linear(.down, outputs: width, inputs: inner)
            self.activation = activation
        }
    }

    func load(_ arithmetic: Arithmetic, on pool: ThreadPool) throws -> Block {
        Block(
            attentionNorm: attentionNorm.load(), query: try query.load(arithmetic, on: pool),
            key: try key.load(arithmetic, on: pool), value: try value.load(arithmetic, on: pool),
            queryNorm: queryNorm?.load(), keyNorm: keyNorm?.load(),
            attentionOutput: try attentionOutput.load(arithmetic, on: pool), feedForwardNorm: feedForwardNorm.load(),
            gated: GatedLinear(
                gate: try gate.load(arithmetic, on: pool), up: try up.load(arithmetic, on: pool),
                activation: activation),
            down: try down.load(arithmetic, on: pool))
    }
}
