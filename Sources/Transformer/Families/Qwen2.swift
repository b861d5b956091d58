extension ModelFamily {
    /// Qwen2 and Qwen2.5 (arXiv 2407.10671): Llama with biases on queries, keys and values.
    static let qwen2 = ModelFamily(architecture: "qwen2", rotaryLayout: .halves) {
        LayerPlan($1, requiredBiases: [.query, .key, .value])
    }
}
