/// The forms in which a linear layer keeps its weights in int8 arithmetic. Float32 has one form only, and ignores this.
public enum WeightForm: Sendable, CaseIterable {
    /// Recoded to int8, turned and scaled by long groups: fastest for many rows. One byte a weight.
    case panels
    /// The numbers of the model file's own blocks, of 32 weights each, where the layer has them: for a few rows, as in
    /// decoding, which is bound by the bytes that are read. A layer that does not have them multiplies its panels.
    case blocks
}
