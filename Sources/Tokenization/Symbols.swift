/// Tokens of one word, and where each begins.
struct Symbols: Sendable {
    var ids: [TokenID] = []
    var starts: [Int32] = []

    var count: Int { ids.count }

    mutating func append(_ id: TokenID, start: Int) {
        ids.append(id)
        starts.append(Int32(truncatingIfNeeded: start))
    }

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }
}
