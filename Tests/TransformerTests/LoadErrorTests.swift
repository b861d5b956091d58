import ModelFormat
import TestSupport
import Testing
import Transformer

/// Files whose metadata or tensors make no model are refused, by name.
@Suite struct LoadErrorTests {
    private func message(_ change: (inout GGUFWriter) -> Void) throws -> String {
        var writer = RandomModel().writer()
        change(&writer)
        do {
            _ = try TransformerModel.load(writer)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func unchangedFilesLoad() throws {
        #expect(try message { _ in } == "no error")
    }

    @Test(arguments: [
        ("general.architecture", GGUFWriter.Value.string("mamba"), "llama, qwen2"),
        ("llama.block_count", .uint32(0), "between 1 and"),
        ("llama.block_count", .uint32(3), "blk.2.attn_norm.weight"),
        ("llama.block_count", .uint32(4_000_000_000), "llama.block_count"),
        ("llama.block_count", .string("two"), "llama.block_count"),
        ("llama.embedding_length", .uint32(65), "llama.attention.head_count"),
        ("llama.embedding_length", .uint32(72), "token_embd.weight"),
        ("llama.feed_forward_length", .uint32(97), "blk.0.ffn_gate.weight"),
        ("llama.attention.head_count", .uint32(0), "llama.attention.head_count"),
        ("llama.attention.head_count", .uint32(2), "blk.0.attn_k.weight"),
        ("llama.attention.head_count_kv", .uint32(3), "must divide"),
        ("llama.attention.head_count_kv", .uint32(5), "llama.attention.head_count_kv"),
        ("llama.attention.head_count_kv", .int32s([2, 4]), "differs from block to block"),
        ("llama.attention.key_length", .uint32(15), "must be even"),
        ("llama.attention.value_length", .uint32(8), "llama.attention.value_length"),
        ("llama.attention.layer_norm_rms_epsilon", .float32(-1), "above 0"),
        ("llama.attention.layer_norm_rms_epsilon", .float32(.nan), "llama.attention.layer_norm_rms_epsilon"),
        ("llama.context_length", .uint32(0), "llama.context_length"),
        ("llama.rope.dimension_count", .uint32(7), "must be even"),
        ("llama.rope.dimension_count", .uint32(18), "llama.rope.dimension_count"),
        ("llama.rope.freq_base", .float32(0), "llama.rope.freq_base"),
        ("llama.rope.scaling.type", .string("longrope"), "longrope"),
        ("llama.rope.scaling.factor", .float32(-.infinity), "llama.rope.scaling.factor"),
        ("llama.expert_count", .uint32(8), "mixture of 8 experts"),
        ("llama.vocab_size", .uint32(12), "llama.vocab_size"),
    ])
    func metadata(key: String, value: GGUFWriter.Value, expected: String) throws {
        #expect(try message { $0.set(key, value) }.contains(expected))
    }

    @Test func headCountsPerBlockMayBeEqual() throws {
        #expect(try message { $0.set("llama.attention.head_count_kv", .int32s([2, 2])) } == "no error")
    }

    @Test func tensorsThatWouldBeLeftOutAreRefused() throws {
        let text = try message { writer in
            writer.addTensor("blk.0.attn_q_norm.weight", shape: [16], floats: [Float](repeating: 1, count: 16))
        }
        #expect(text.contains("blk.0.attn_q_norm.weight"))
    }

    @Test func requiredBiases() throws {
        var random = RandomModel()
        var writer = random.writer()
        writer.set("general.architecture", .string("qwen2"))
        for key in ["block_count", "context_length", "embedding_length", "feed_forward_length", "attention.head_count"]
        {
            let value =
                [
                    "block_count": random.layers, "context_length": 4096, "embedding_length": random.embedding,
                    "feed_forward_length": random.feedForward, "attention.head_count": random.heads,
                ][key] ?? 0
            writer.set("qwen2.\(key)", .uint32(UInt32(value)))
        }
        writer.set("qwen2.attention.head_count_kv", .uint32(UInt32(random.keyValueHeads)))
        writer.set("qwen2.attention.layer_norm_rms_epsilon", .float32(1e-5))
        #expect(throws: GGUFError.missingTensor("blk.0.attn_q.bias")) { try TransformerModel.load(writer) }
        random.family = .qwen2
        #expect(throws: Never.self) { try TransformerModel.load(random) }
    }

    @Test func rotaryFactors() throws {
        let wrongCount = RandomModel { $0.ropeFrequencyFactors = [1, 2, 3] }
        #expect(throws: ModelError.wrongShape(tensor: "rope_freqs.weight", expected: [8], found: [3])) {
            try TransformerModel.load(wrongCount)
        }
        let zero = RandomModel { $0.ropeFrequencyFactors = [1, 2, 3, 4, 5, 6, 7, 0] }
        #expect(throws: ModelError.self) { try TransformerModel.load(zero) }
    }

    @Test func missingFiles() {
        #expect(throws: GGUFError.self) { try TransformerModel.load(path: "/nonexistent/model.gguf") }
    }
}
