import ModelFormat
import Tensors
import Tokenization

/// All that a model learned: read-only, shared by every pass. Linear layers are loaded when they are first needed.
final class Weights: Sendable {
    let embedding: TokenEmbedding
    let outputNorm: Matrix
    private let blocks: [Lazy<Block>]
    private let output: Lazy<Linear>

    /// Checks that every tensor of the model is there in its shape, and that no block has one that has no place here.
    ///
    /// - Throws: ``ModelFormat/GGUFError`` or ``ModelError``, naming the tensor.
    init(
        _ file: GGUFFile, shape: ModelShape, layers: [LayerPlan], embeddingScale: Float, arithmetic: Arithmetic,
        pool: ThreadPool
    ) throws {
        var finder = TensorFinder(file: file, arithmetic: arithmetic)
        embedding = TokenEmbedding(
            file: file,
            tensor: try finder.tensor("token_embd.weight", shape: [shape.embedding, shape.vocabulary]),
            scale: embeddingScale)
        let sources = try layers.enumerated().map { layer, plan in
            try BlockSource(layer: layer, plan: plan, width: shape.embedding, finder: &finder)
        }
        outputNorm = try finder.vector("output_norm.weight", count: shape.embedding).load()
        // Without a head of its own a model uses its token embeddings for it.
        let hasHead = try file.optionalTensor("output.weight") != nil
        let head = try finder.linear(
            hasHead ? "output" : "token_embd", outputs: shape.vocabulary, inputs: shape.embedding)
        let stray = file.tensorNames.first { name in
            name.hasPrefix("blk.") && !finder.used.contains(name) && !name.hasSuffix(Self.rotaryTensorSuffix)
        }
        if let stray { throw ModelError.unexpectedTensor(stray) }
        blocks = sources.map { source in Lazy { try source.load(arithmetic, on: pool) } }
        output = Lazy { try head.load(arithmetic, on: pool) }
    }

    /// Old converters stored each block's rotary frequencies, which follow from the metadata.
    private static let rotaryTensorSuffix = "attn_rot_embd.weight"

    /// The block `layer`, counted from 0.
    func block(_ layer: Int) throws -> Block { try blocks[layer].get() }

    /// From the normalised residual stream to logits.
    func head() throws -> Linear { try output.get() }
}

/// The table of token embeddings, read from the file row by row.
struct TokenEmbedding: Sendable {
    let file: GGUFFile
    let tensor: TensorDescription
    let scale: Float

    /// The embeddings of `tokens`, which must be in the vocabulary, one in each row of `output`.
    func load(_ tokens: [TokenID], into output: MatrixView, on pool: ThreadPool) {
        let bytes = file.bytes(of: tensor)
        let rowBytes = output.columns / tensor.format.elementsPerBlock * tensor.format.bytesPerBlock
        pool.run(tokens.count) { row in
            let start = Int(tokens[row]) * rowBytes
            let source = UnsafeRawBufferPointer(rebasing: bytes[start..<start + rowBytes])
            let target = UnsafeMutableBufferPointer(start: output.row(row), count: output.columns)
            tensor.format.dequantize(source, into: target)
            if scale != 1 {
                for index in target.indices { target[index] *= scale }
            }
        }
    }
}
