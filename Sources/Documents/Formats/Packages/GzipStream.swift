/// Unpacks gzip: one member or several, one behind the other.
struct GzipStream: ByteStream {
    private let packed: PackedBytes
    private let inflater = Inflater(.gzip)
    private var input: ArraySlice<UInt8> = []
    private var check: BombCheck
    private var packedCount = 0
    /// Whether the last member is complete.
    private var isBetween = false
    private var isAtEnd = false

    init(_ packed: PackedBytes) {
        self.packed = packed
        check = BombCheck(name: packed.name)
    }

    mutating func next() throws(DocumentError) -> [UInt8]? {
        while !isAtEnd {
            if input.isEmpty {
                guard let block = try packed.next() else {
                    isAtEnd = true
                    guard isBetween else {
                        throw .damaged(name: packed.name, reason: "the compressed file is cut off; copy it again")
                    }
                    break
                }
                packedCount += block.count
                input = block[...]
            }
            if isBetween {
                // What stands behind the last member is no text: blocks of tapes are filled up with zeros.
                guard input.first == 0x1F else {
                    input = []
                    continue
                }
                isBetween = false
                inflater.reset()
            }
            let (bytes, outcome) = inflater.inflate(&input)
            switch outcome {
            case .open: break
            case .end: isBetween = true
            case .damaged:
                throw .damaged(name: packed.name, reason: "the compressed file is damaged; copy it again")
            }
            if !bytes.isEmpty {
                try check.add(bytes.count, packed: packedCount)
                return bytes
            }
        }
        return nil
    }
}
