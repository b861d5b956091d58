import Transformer

/// A model with what reports say about it.
struct LoadedModel {
    var model: TransformerModel
    /// The file's name without its extension: it tells quantisations apart, which the name inside the file does not.
    var name: String
    /// Seconds that loading took.
    var seconds: Double
}
