extension ModelFamily {
    /// Llama 2 and 3, SmolLM2, Mistral and their kin (arXiv 2307.09288, 2407.21783).
    ///
    /// Converters to GGUF reorder the rows of this family's query and key weights, so that the rotary embedding turns
    /// neighbouring elements.
    static let llama = ModelFamily(architecture: "llama", rotaryLayout: .adjacentPairs) { LayerPlan($1) }
}
