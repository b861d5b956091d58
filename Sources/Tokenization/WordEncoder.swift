/// Makes tokens of words, and remembers those of short ones.
struct WordEncoder: Sendable {
    /// What becomes of a word of up to 16 bytes, in up to six tokens.
    private struct Entry: Sendable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// The word's length in bytes; 0 in an entry without a word.
        var length: UInt8 = 0
        var count: UInt8 = 0
        /// Where each token ends in the word.
        var ends: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0)
        var ids: (TokenID, TokenID, TokenID, TokenID, TokenID, TokenID) = (0, 0, 0, 0, 0, 0)
    }

    private static let longestWord = 16
    private static let mostTokens = 6
    private static let cacheBits: UInt64 = 14

    private var cache = [Entry](repeating: Entry(), count: 1 << cacheBits)
    private var symbols = Symbols()

    /// Appends the tokens of a word.
    ///
    /// - Parameters:
    ///   - word: the bytes, which stand in the text.
    ///   - position: where the word begins in the text.
    @inline(__always)
    mutating func encode(
        _ word: UnsafeBufferPointer<UInt8>, at position: Int, by model: some SubwordModel, into tokens: inout TokenRun
    ) {
        guard word.count <= Self.longestWord else {
            merge(word, model)
            appendSymbols(of: word, at: position, to: &tokens)
            return
        }
        let (low, high) = Self.key(word)
        let slot = Self.slot(low, high, word.count)
        if Int(cache[slot].length) != word.count || cache[slot].low != low || cache[slot].high != high {
            merge(word, model)
            guard let entry = entry(low, high, word.count) else {
                appendSymbols(of: word, at: position, to: &tokens)
                return
            }
            cache[slot] = entry
        }
        let count = cache[slot].count
        // Most words are one token or two.
        if count > 0 { tokens.append(cache[slot].ids.0, end: position + Int(cache[slot].ends.0)) }
        if count > 1 { tokens.append(cache[slot].ids.1, end: position + Int(cache[slot].ends.1)) }
        if count > 2 { tokens.append(cache[slot].ids.2, end: position + Int(cache[slot].ends.2)) }
        if count > 3 { tokens.append(cache[slot].ids.3, end: position + Int(cache[slot].ends.3)) }
        if count > 4 { tokens.append(cache[slot].ids.4, end: position + Int(cache[slot].ends.4)) }
        if count > 5 { tokens.append(cache[slot].ids.5, end: position + Int(cache[slot].ends.5)) }
    }

    private func appendSymbols(of word: UnsafeBufferPointer<UInt8>, at position: Int, to tokens: inout TokenRun) {
        for index in 0..<symbols.count {
            let end = index + 1 < symbols.count ? Int(symbols.starts[index + 1]) : word.count
            tokens.append(symbols.ids[index], end: position + end)
        }
    }

    /// Leaves the tokens of a word in `symbols`.
    @inline(never)
    private mutating func merge(_ word: UnsafeBufferPointer<UInt8>, _ model: some SubwordModel) {
        symbols.removeAll()
        if model.takesWholeWords, let token = model.vocabulary.token(word) {
            symbols.append(token, start: 0)
            return
        }
        model.appendSymbols(of: word, to: &symbols)
        Merging.merge(&symbols, by: model.merges)
    }

    private func entry(_ low: UInt64, _ high: UInt64, _ length: Int) -> Entry? {
        let count = symbols.count
        guard count <= Self.mostTokens else { return nil }
        func id(_ index: Int) -> TokenID { index < count ? symbols.ids[index] : 0 }
        func end(_ index: Int) -> UInt8 {
            UInt8(truncatingIfNeeded: index + 1 < count ? Int(symbols.starts[index + 1]) : length)
        }
        return Entry(
            low: low, high: high, length: UInt8(length), count: UInt8(count),
            ends: (end(0), end(1), end(2), end(3), end(4), end(5)),
            ids: (id(0), id(1), id(2), id(3), id(4), id(5)))
    }

    /// The bytes of a word of at most 16, as two integers.
    @inline(__always)
    private static func key(_ word: UnsafeBufferPointer<UInt8>) -> (low: UInt64, high: UInt64) {
        let raw = UnsafeRawBufferPointer(word)
        let count = word.count
        if count >= 8 {
            // The two loads overlap in words of less than 16 bytes; together with the length they still tell words apart.
            return (
                raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            )
        }
        if count >= 4 {
            let first = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            let last = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            return (first << 32 | last, 0)
        }
        var low: UInt64 = 0
        for byte in word { low = low << 8 | UInt64(byte) }
        return (low, 0)
    }

    @inline(__always)
    private static func slot(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
        let mixed = ((low ^ (UInt64(length) &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15) ^ high
        return Int(((mixed ^ (mixed >> 32)) &* 0xBF58_476D_1CE4_E5B9) >> (64 - cacheBits))
    }
}

/// Tokens in the order of the text, and where each ends in it.
struct TokenRun: Sendable {
    private(set) var ids: [TokenID] = []
    /// Positions in the clean text.
    private(set) var ends: [Int] = []

    @inline(__always)
    mutating func append(_ id: TokenID, end: Int) {
        ids.append(id)
        ends.append(end)
    }

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
