import ModelFormat

/// What a model file's metadata say about the model, checked.
struct Hyperparameters: Sendable {
    var shape: ModelShape
    /// Elements of a head that the rotary embedding turns.
    var rotaryDimensions: Int
    var rotaryBase: Float
    var rotaryScaling: RotaryScaling
    /// The epsilon of the root-mean-square norms.
    var normEpsilon: Float
    /// Factor of the attention scores before softmax.
    var attentionScale: Float

    /// Reads and checks the metadata of a file whose family has this name. The vocabulary is the number of tokens in the file.
    ///
    /// - Throws: ``ModelFormat/GGUFError`` for a missing key or one of another type, ``ModelError`` for a value that
    ///   makes no sense; both name the key.
    init(_ file: GGUFFile, architecture: String) throws {
        let metadata = FamilyMetadata(file: file, prefix: architecture)
        let experts = try metadata.optionalInteger("expert_count") ?? 0
        guard experts == 0 else {
            throw ModelError.unsupportedFeature(
                key: metadata.key("expert_count"), value: "a mixture of \(experts) experts")
        }
        let layers = try metadata.integer("block_count", in: 1...1024)
        let embedding = try metadata.integer("embedding_length", in: 1...131_072)
        let heads = try metadata.integer("attention.head_count", in: 1...4096)
        let keyValueHeads = try metadata.optionalInteger("attention.head_count_kv", in: 1...heads) ?? heads
        guard heads.isMultiple(of: keyValueHeads) else {
            throw metadata.invalid(
                "attention.head_count_kv", keyValueHeads, "it must divide the number of heads, \(heads)")
        }
        let headDimension = try Self.headDimension(metadata, embedding: embedding, heads: heads)
        let tokens = try file.strings("tokenizer.ggml.tokens").count
        if let size = try metadata.optionalInteger("vocab_size"), size != tokens {
            throw metadata.invalid("vocab_size", size, "the file's tokenizer has \(tokens) tokens")
        }
        shape = ModelShape(
            layers: layers, heads: heads, keyValueHeads: keyValueHeads, headDimension: headDimension,
            embedding: embedding, feedForward: try metadata.integer("feed_forward_length", in: 1...1_048_576),
            vocabulary: tokens, contextLength: try metadata.integer("context_length", in: 1...1 << 26))

        rotaryDimensions = try metadata.optionalInteger("rope.dimension_count", in: 2...headDimension) ?? headDimension
        guard rotaryDimensions.isMultiple(of: 2) else {
            throw metadata.invalid("rope.dimension_count", rotaryDimensions, "it must be even")
        }
        rotaryBase = try metadata.optionalPositive("rope.freq_base") ?? 10_000
        guard rotaryBase > 1 else { throw metadata.invalid("rope.freq_base", rotaryBase, "it must be above 1") }
        rotaryScaling = try RotaryScaling(metadata, contextLength: shape.contextLength)
        normEpsilon = try metadata.positive("attention.layer_norm_rms_epsilon")
        attentionScale =
            try metadata.optionalPositive("attention.scale") ?? 1 / Float(headDimension).squareRoot()
    }

    private static func headDimension(_ metadata: FamilyMetadata, embedding: Int, heads: Int) throws -> Int {
        let dimension: Int
        if let length = try metadata.optionalInteger("attention.key_length", in: 1...8192) {
            dimension = length
        } else {
            guard embedding.isMultiple(of: heads) else {
                throw metadata.invalid(
                    "attention.head_count", heads, "it must divide the embedding length, \(embedding)")
            }
            dimension = embedding / heads
        }
        if let length = try metadata.optionalInteger("attention.value_length"), length != dimension {
            throw ModelError.unsupportedFeature(
                key: metadata.key("attention.value_length"), value: "\(length), other than the keys' \(dimension),")
        }
        guard dimension.isMultiple(of: 2) else {
            throw metadata.invalid("attention.key_length", dimension, "a head's dimension must be even")
        }
        return dimension
    }
}
