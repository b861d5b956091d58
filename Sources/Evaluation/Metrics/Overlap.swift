/// What two lists of words share.
enum Overlap {
    /// How many words two lists share, counted with repetition (the size of the multiset intersection).
    static func count(_ first: [String], _ second: [String]) -> Int {
        var remaining: [String: Int] = [:]
        for word in second { remaining[word, default: 0] += 1 }
        var shared = 0
        for word in first {
            if let count = remaining[word], count > 0 {
                remaining[word] = count - 1
                shared += 1
            }
        }
        return shared
    }

    /// The harmonic mean of the shares that the common words have in both lists; 0 when nothing is shared.
    static func f1(_ given: [String], _ accepted: [String]) -> Double {
        let shared = Double(count(given, accepted))
        guard shared > 0 else { return 0 }
        let precision = shared / Double(given.count)
        let recall = shared / Double(accepted.count)
        return 2 * precision * recall / (precision + recall)
    }
}
