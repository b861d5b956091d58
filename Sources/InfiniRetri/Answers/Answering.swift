import Transformer

/// How a question is answered from its evidence.
public enum Answering: Sendable {
    /// In the model's own words.
    case generated(GenerationOptions = GenerationOptions())
    /// In the fewest words, taken from the evidence: ``Answer/span``.
    case short
}
