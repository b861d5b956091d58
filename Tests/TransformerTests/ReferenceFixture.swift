import Foundation
import TestSupport
import Transformer

/// What transformers computed with a tiny random model: see scripts/fixtures/transformer_random.py.
struct RandomFixture: Decodable {
    let tokens: [Int32]
    let rows: [Int]
    /// rows x vocabulary
    let logits: [[Float]]
    /// layers x heads x rows x columns up to the row's own
    let attention: [[[[Float]]]]

    static let names = [
        "llama", "llama-untied", "llama-one-kv-head", "llama-biases", "llama-linear", "llama-factors", "qwen2",
        "qwen2-yarn", "qwen3",
    ]

    static func url(_ name: String, _ kind: String) -> URL {
        Bundle.module.bundleURL.appendingPathComponent("Fixtures/random/\(name).\(kind)")
    }

    static func load(_ name: String) throws -> RandomFixture {
        try JSONDecoder().decode(RandomFixture.self, from: Data(contentsOf: url(name, "json")))
    }

    static func model(_ name: String, options: LoadOptions = LoadOptions(arithmetic: .float32)) throws
        -> TransformerModel
    {
        try TransformerModel.load(path: url(name, "gguf").path, options: options)
    }
}

/// What transformers computed with a real model: see scripts/fixtures/transformer_real.py.
struct RealFixture: Decodable {
    struct Logits: Decodable {
        let every997th: [Float]
        let bestIDs: [Int]
        let best: [Float]
    }

    let tokens: [Int32]
    let rows: [Int]
    let probedTokens: Int
    let logits: [Logits]
    let heads: [AttentionHead]
    /// heads x rows x columns up to the row's own
    let attention: [[[Float]]]
    /// What greedy decoding appends to the probed tokens.
    let greedy: [Int32]
    let negativeLogLikelihood: [String: Double]

    static func load(_ name: String) throws -> RealFixture {
        let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/real/\(name).json")
        return try JSONDecoder().decode(RealFixture.self, from: Data(contentsOf: url))
    }
}

/// The largest difference of two sequences, infinite where their lengths differ or a value is no number.
func largestDifference(_ left: some Collection<Float>, _ right: some Collection<Float>) -> Float {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
}

extension ModelShape {
    /// Every head of the model.
    var allHeads: [AttentionHead] {
        (0..<layers).flatMap { layer in (0..<heads).map { AttentionHead(layer: layer, head: $0) } }
    }
}
