import Tensors

/// One block of the transformer: attention, then a gated feed-forward part, each behind a norm and added to the residual
/// stream.
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

    init(layer: Int, shape: ModelShape, family: ModelFamily, finder: inout TensorFinder) throws {
        func linear(_ tensor: BlockTensor, outputs: Int, inputs: Int) throws -> LinearSource {
            try finder.linear(
                tensor.name(layer: layer), outputs: outputs, inputs: inputs,
                requiresBias: family.requiredBiases.contains(tensor))
        }
        func norm(_ tensor: BlockTensor, _ count: Int) throws -> VectorSource {
            try finder.vector(tensor.name(layer: layer) + ".weight", count: count)
        }
        let width = shape.embedding
        let queries = shape.heads * shape.headDimension
        let keys = shape.keyValueHeads * shape.headDimension
        attentionNorm = try norm(.attentionNorm, width)
        query = try linear(.query, outputs: queries, inputs: width)
        key = try linear(.key, outputs: keys, inputs: width)
        value = try linear(.value, outputs: keys, inputs: width)
        queryNorm = family.normalizesHeads ? try norm(.queryNorm, shape.headDimension) : nil
        keyNorm = family.normalizesHeads ? try norm(.keyNorm, shape.headDimension) : nil
        attentionOutput = try linear(.attentionOutput, outputs: width, inputs: queries)
        feedForwardNorm = try norm(.feedForwardNorm, width)
        gate = try linear(.gate, outputs: shape.feedForward, inputs: width)
        up = try linear(.up, outputs: shape.feedForward, inputs: width)
        down = try linear(.down, outputs: width, inputs: shape.feedForward)
        activation = family.activation
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
