import CZlib

/// Unpacks a member of a ZIP archive, and checks it.
struct InflateStream: ByteStream {
    private var packed: FileStream
    /// Nil where the member is stored as it is.
    private let inflater: Inflater?
    private var input: ArraySlice<UInt8> = []
    private let entry: ZipEntry
    private var check: BombCheck
    private var packedCount = 0
    private var count = 0
    private var checksum: UInt = 0
    private var isAtEnd = false

    init(_ packed: FileStream, of entry: ZipEntry, isStored: Bool) {
        self.packed = packed
        self.entry = entry
        inflater = isStored ? nil : Inflater(.none)
        check = BombCheck(name: entry.name)
    }

    mutating func next() throws(DocumentError) -> [UInt8]? {
        while !isAtEnd {
            let bytes = try unpack()
            guard !bytes.isEmpty else { continue }
            count += bytes.count
            checksum = bytes.withUnsafeBufferPointer { crc32_z(checksum, $0.baseAddress, $0.count) }
            try check.add(bytes.count, packed: packedCount)
            if isAtEnd || count > entry.size { try checkWhole() }
            return bytes
        }
        if count == 0 { try checkWhole() }
        return nil
    }

    private mutating func unpack() throws(DocumentError) -> [UInt8] {
        if input.isEmpty {
            guard let block = try packed.next() else {
                isAtEnd = true
                guard inflater == nil else {
                    throw .damaged(name: entry.name, reason: "this member of the archive is cut off")
                }
                return []
            }
            packedCount += block.count
            input = block[...]
        }
        guard let inflater else {
            defer { input = [] }
            isAtEnd = packedCount >= entry.packedSize
            return Array(input)
        }
        let (bytes, outcome) = inflater.inflate(&input)
        switch outcome {
        case .open: break
        case .end: isAtEnd = true
        case .damaged: throw .damaged(name: entry.name, reason: "this member of the archive is damaged")
        }
        return bytes
    }

    private func checkWhole() throws(DocumentError) {
        guard count == entry.size, UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
            throw .damaged(
                name: entry.name,
                reason: "this member of the archive is damaged: its checksum or size is not what the archive says")
        }
    }
}
