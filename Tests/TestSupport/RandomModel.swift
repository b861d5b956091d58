import Tensors

/// A tiny language model with random weights, written as GGUF: everything a real file has, in a few hundred kilobytes.
package struct RandomModel {
    package enum Family: String, Sendable, CaseIterable {
        case llama, qwen2
    }

    package var family = Family.llama
    package var layers = 2
    package var heads = 4
    package var keyValueHeads = 2
    /// The heads' dimension is `embedding / heads` unless it is set here.
    package var headDimension: Int?
    package var embedding = 64
    package var feedForward = 96
    package var vocabulary = TinyVocabulary.smallestSize
    package var contextLength = 4096
    /// Whether the output head is the token embedding; otherwise the file has `output.weight`.
    package var tiedOutput = true
    /// The encoding of all matrices. Their rows must be whole blocks: K formats need `embedding`, `feedForward` and
    /// `heads * headDimension` to be multiples of 256, the other quantised formats multiples of 32.
    package var format = BlockFormat.f32
    package var ropeBase: Float = 10_000
    /// Written as `rope_freqs.weight`: one factor for each pair of a head's dimensions.
    package var ropeFrequencyFactors: [Float]?
    /// Nil leaves it out.
    package var chatTemplate: String? = TinyVocabulary.chatTemplate
    /// The tokenizer's way to cut texts into words; nil is the family's.
    package var preTokenizer: String?
    /// Written last, in place of what stands there: keys without the family's name, such as `rope.scaling.type`.
    package var familyMetadata: [(key: String, value: GGUFWriter.Value)] = []
    package var seed: UInt64 = 1

    package init() {}

    package init(_ change: (inout Self) -> Void) {
        change(&self)
    }

    /// Writes the model to a temporary file, which is removed with the object.
    package func temporaryFile() throws -> TemporaryFile {
        try TemporaryFile(writer().bytes(), suffix: ".gguf")
    }

    /// The file, to change before it is written.
    package func writer() -> GGUFWriter {
        var writer = GGUFWriter()
        addMetadata(to: &writer)
        addTensors(to: &writer)
        return writer
    }

    private var dimension: Int { headDimension ?? embedding / heads }

    private func addMetadata(to writer: inout GGUFWriter) {
        let name = family.rawValue
        writer.set("general.architecture", .string(name))
        writer.set("general.type", .string("model"))
        writer.set("general.name", .string("Random \(name)"))
        let integers = [
            "block_count": layers, "context_length": contextLength, "embedding_length": embedding,
            "feed_forward_length": feedForward, "attention.head_count": heads,
            "attention.head_count_kv": keyValueHeads, "vocab_size": vocabulary, "rope.dimension_count": dimension,
        ]
        for (key, value) in integers.sorted(by: { $0.key < $1.key }) {
            writer.set("\(name).\(key)", .uint32(UInt32(value)))
        }
        if headDimension != nil {
            writer.set("\(name).attention.key_length", .uint32(UInt32(dimension)))
            writer.set("\(name).attention.value_length", .uint32(UInt32(dimension)))
        }
        writer.set("\(name).rope.freq_base", .float32(ropeBase))
        writer.set("\(name).attention.layer_norm_rms_epsilon", .float32(1e-5))
        for pair in familyMetadata {
            writer.set("\(name).\(pair.key)", pair.value)
        }
        let vocabulary = TinyVocabulary(size: vocabulary)
        writer.set("tokenizer.ggml.model", .string("gpt2"))
        writer.set("tokenizer.ggml.pre", .string(preTokenizer ?? (family == .qwen2 ? "qwen2" : "smollm")))
        writer.set("tokenizer.ggml.tokens", .strings(vocabulary.tokens))
        writer.set("tokenizer.ggml.token_type", .int32s(vocabulary.types))
        writer.set("tokenizer.ggml.merges", .strings(vocabulary.merges))
        writer.set("tokenizer.ggml.bos_token_id", .uint32(UInt32(vocabulary.endOfText)))
        writer.set("tokenizer.ggml.eos_token_id", .uint32(UInt32(vocabulary.turnEnd)))
        writer.set("tokenizer.ggml.padding_token_id", .uint32(UInt32(vocabulary.endOfText)))
        writer.set("tokenizer.ggml.add_bos_token", .bool(false))
        writer.set("tokenizer.ggml.add_space_prefix", .bool(false))
        if let chatTemplate { writer.set("tokenizer.chat_template", .string(chatTemplate)) }
    }

    private func addTensors(to writer: inout GGUFWriter) {
        var generator = SeededGenerator(seed: seed)
        // Weights of deviation 1 / sqrt(inputs) keep the size of what passes through them.
        func addMatrix(_ name: String, inputs: Int, outputs: Int, gain: Float = 1) {
            let bytes = format.randomBytes(
                elements: inputs * outputs, deviation: gain / Float(inputs).squareRoot(), using: &generator)
            writer.addTensor(name + ".weight", shape: [inputs, outputs], format: format, bytes: bytes)
        }
        func addNorm(_ name: String) {
            let weights = generator.normals(embedding, deviation: 0.1).map { 1 + $0 }
            writer.addTensor(name + ".weight", shape: [embedding], floats: weights)
        }
        func addBias(_ name: String, _ count: Int) {
            guard family == .qwen2 else { return }
            writer.addTensor(name + ".bias", shape: [count], floats: generator.normals(count, deviation: 0.2))
        }
        addMatrix("token_embd", inputs: embedding, outputs: vocabulary, gain: 2)
        for layer in 0..<layers {
            let block = "blk.\(layer)."
            addNorm(block + "attn_norm")
            // Larger queries and keys, so that attention is far from uniform.
            addMatrix(block + "attn_q", inputs: embedding, outputs: heads * dimension, gain: 1.5)
            addBias(block + "attn_q", heads * dimension)
            addMatrix(block + "attn_k", inputs: embedding, outputs: keyValueHeads * dimension, gain: 1.5)
            addBias(block + "attn_k", keyValueHeads * dimension)
            addMatrix(block + "attn_v", inputs: embedding, outputs: keyValueHeads * dimension)
            addBias(block + "attn_v", keyValueHeads * dimension)
            addMatrix(block + "attn_output", inputs: heads * dimension, outputs: embedding)
            addNorm(block + "ffn_norm")
            addMatrix(block + "ffn_gate", inputs: embedding, outputs: feedForward)
            addMatrix(block + "ffn_up", inputs: embedding, outputs: feedForward)
            addMatrix(block + "ffn_down", inputs: feedForward, outputs: embedding)
        }
        addNorm("output_norm")
        if !tiedOutput {
            addMatrix("output", inputs: embedding, outputs: vocabulary, gain: 2)
        }
        if let factors = ropeFrequencyFactors {
            writer.addTensor("rope_freqs.weight", shape: [factors.count], floats: factors)
        }
    }
}
