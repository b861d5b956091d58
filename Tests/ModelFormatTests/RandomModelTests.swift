import ModelFormat
import TestSupport
import Tensors
import Testing

@Suite struct RandomModelTests {
    @Test(arguments: RandomModel.Family.allCases)
    func writesWhatARealFileHas(family: RandomModel.Family) throws {
        let model = RandomModel {
            $0.family = family
            $0.tiedOutput = false
            $0.vocabulary = 300
        }
        let written = try model.temporaryFile()
        let file = try GGUFFile(path: written.path)
        #expect(try file.string("general.architecture") == family.rawValue)
        #expect(try file.integer("\(family.rawValue).attention.head_count_kv") == 2)
        #expect(try file.strings("tokenizer.ggml.tokens").count == 300)
        #expect(try file.tensor("output.weight").shape == [64, 300])
        #expect((try file.optionalTensor("blk.0.attn_q.bias") != nil) == (family == .qwen2))
    }

    @Test(arguments: BlockFormat.allCases)
    func randomWeightsHaveAboutTheDeviationAskedFor(format: BlockFormat) {
        var generator = SeededGenerator(seed: 3)
        let bytes = format.randomBytes(elements: 16_384, deviation: 0.5, using: &generator)
        let floats = [Float](unsafeUninitializedCapacity: 16_384) { buffer, count in
            count = bytes.withUnsafeBytes { format.dequantize($0, into: buffer) }
        }
        #expect(floats.count == 16_384)
        let mean = floats.reduce(0, +) / 16_384
        let variance = floats.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 16_384
        #expect(abs(mean) < 0.15)
        #expect((0.35...0.8).contains(variance.squareRoot()))
    }

    @Test func theSameSeedGivesTheSameFile() {
        #expect(RandomModel().writer().bytes() == RandomModel().writer().bytes())
        #expect(RandomModel().writer().bytes() != RandomModel { $0.seed = 2 }.writer().bytes())
    }
}
