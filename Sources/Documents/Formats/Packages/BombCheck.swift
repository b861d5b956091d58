/// Stops what unpacks to far more than it can hold: a small file that would fill disks and memories.
struct BombCheck {
    /// The document's name, or the member's, for errors.
    let name: String
    private var unpacked = 0

    init(name: String) { self.name = name }

    /// - Parameters:
    ///   - count: Bytes that were unpacked just now.
    ///   - packed: Bytes that all that was unpacked so far takes packed.
    mutating func add(_ count: Int, packed: Int) throws(DocumentError) {
        unpacked += count
        guard unpacked > Self.harmless, unpacked / Self.largestRatio > packed else { return }
        throw .damaged(
            name: name,
            reason: "unpacked it is more than \(Self.largestRatio) times as large as packed, which no text is; "
                + "if it is what it should be, unpack it and name what is in it")
    }

    /// Bytes that may be unpacked from anything.
    private static let harmless = 32_000_000
    /// Texts become 3 to 20 times smaller, logs and tables up to 100 times.
    private static let largestRatio = 200
}
