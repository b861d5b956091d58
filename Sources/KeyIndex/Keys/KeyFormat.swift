/// How an attention index stores the elements of its keys.
public enum KeyFormat: String, Sendable, Codable, CaseIterable {
    /// Half a byte each, with a scale for each key: half the room.
    case int4
    /// A byte each, with a scale for each key.
    case int8
    /// IEEE 754 binary16 each, relative to the mean of the window's keys: keys as the model made them, but for the last
    /// bits.
    case float16
}
