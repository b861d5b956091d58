/// What a stretch of a text holds, for judging encodings by it.
struct ByteSample {
    let bytes: ArraySlice<UInt8>
    /// Pairs of neighbours with one that is no ASCII, and pairs of ASCII, with how often they stand there.
    let telling: [(pair: BytePair, count: Int)]
    let ascii: [(pair: BytePair, count: Int)]
    /// Whether a byte stands there.
    let isPresent: [Bool]

    /// A byte and the one behind it.
    struct BytePair {
        let first: UInt8
        let second: UInt8
    }

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        var counts = [Int32](repeating: 0, count: 1 << 16)
        var previous = UInt8(ascii: " ")
        var isPresent = [Bool](repeating: false, count: 256)
        for byte in bytes {
            counts[Int(previous) << 8 | Int(byte)] += 1
            isPresent[Int(byte)] = true
            previous = byte
        }
        counts[Int(previous) << 8 | 0x20] += 1
        self.isPresent = isPresent
        var (telling, ascii): ([(BytePair, Int)], [(BytePair, Int)]) = ([], [])
        for (code, count) in counts.enumerated() where count > 0 {
            let pair = BytePair(first: UInt8(code >> 8), second: UInt8(code & 0xFF))
            if code & 0x8080 == 0 { ascii.append((pair, Int(count))) } else { telling.append((pair, Int(count))) }
        }
        self.telling = telling
        self.ascii = ascii
    }
}
