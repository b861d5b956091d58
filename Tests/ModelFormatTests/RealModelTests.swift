import ModelFormat
import TestSupport
import Tensors
import Testing

@Suite struct RealModelTests {
    @Test(.enabled(if: TestModels.smolLM2 != nil, "the default model is not in the cache: run `make test`"))
    func opensTheDefaultModel() throws {
        let file = try GGUFFile(path: try #require(TestModels.smolLM2))
        #expect(try file.string("general.architecture") == "llama")
        #expect(try file.integer("llama.block_count") == 30)
        #expect(try file.float("llama.rope.freq_base") == 100_000)
        let tokens = try file.strings("tokenizer.ggml.tokens")
        #expect(tokens.count == 49_152)
        #expect(tokens[1] == "<|im_start|>")
        #expect(try file.integers("tokenizer.ggml.token_type", as: Int32.self).count == tokens.count)
        #expect(file.tensorNames.count == 272)
        let embedding = try file.tensor("token_embd.weight")
        #expect(embedding.shape == [576, 49_152])
        #expect(embedding.format == .q8_0)
        #expect(try file.tensor("blk.29.ffn_down.weight").format == .q4_1)
    }
}
