/// The key-value pairs of a GGUF file, in the file's order.
public struct GGUFMetadata: Sendable {
    /// One pair.
    public struct Entry: Sendable {
        /// The key, such as `llama.block_count`.
        public let key: String
        /// The value.
        public let value: GGUFValue
        /// Where the value begins in the file, for error messages.
        public let offset: Int
    }

    /// All pairs, in the file's order.
    public private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    /// The keys, in the file's order.
    public var keys: [String] { entries.map(\.key) }

    /// The value of a key, or nil if the file does not have it.
    public subscript(key: String) -> GGUFValue? { entry(key)?.value }

    func entry(_ key: String) -> Entry? {
        positions[key].map { entries[$0] }
    }

    /// Adds a pair; false if the key is there already.
    mutating func append(_ entry: Entry) -> Bool {
        guard positions.updateValue(entries.count, forKey: entry.key) == nil else { return false }
        entries.append(entry)
        return true
    }
}
