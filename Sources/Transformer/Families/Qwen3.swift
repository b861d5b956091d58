extension ModelFamily {
    /// Qwen3, the dense models (arXiv 2505.09388): no biases, but a norm on every head's query and key.
    static let qwen3 = ModelFamily(architecture: "qwen3", rotaryLayout: .halves) {
        LayerPlan($1, normalizesHeads: true)
    }
}
