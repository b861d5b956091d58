/// Finds the places at which a sentence might end: fast, since text is mostly something else.
enum SentenceCandidates {
    /// The first place from `index` on that is a line feed or worth a look by ``SentenceEnds``; nil where there is
    /// none.
    static func first(from index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        let blocks = blocks
        return bytes[index...].withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let byte = buffer[offset]
                if byte < 0x80 {
                    if isCandidate(byte) { return index + offset }
                    offset = plainEnd(from: offset + 1, in: buffer)
                    continue
                }
                // A block of 64 scalars is told by all bytes of a scalar but the last.
                let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                guard offset + length <= buffer.count else { return nil }
                var block = Int(byte) & (0x7F >> length)
                for next in buffer[(offset + 1)..<(offset + length - 1)] { block = block << 6 | Int(next & 0x3F) }
                if blocks[block] { return index + offset }
                offset += length
            }
            return nil
        }
    }

    /// The end of the ASCII characters from `offset` on that are no candidates, eight at a time.
    @inline(__always)
    private static func plainEnd(from offset: Int, in buffer: UnsafeRawBufferPointer) -> Int {
        var offset = offset
        while offset + 8 <= buffer.count {
            let chunk = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let found =
                zeros(chunk ^ each(0x0A)) | zeros(chunk ^ each(0x21)) | zeros(chunk ^ each(0x2E))
                | zeros(chunk ^ each(0x3B))
                | zeros(chunk ^ each(0x3F)) | chunk & each(0x80)
            if found != 0 { break }
            offset += 8
        }
        while offset < buffer.count, buffer[offset] < 0x80, !isCandidate(buffer[offset]) { offset += 1 }
        return offset
    }

    /// A byte eight times.
    @inline(__always)
    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// Not 0 where one of eight bytes is 0: the lowest such byte borrows from its high bit.
    @inline(__always)
    private static func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- each(0x01)) & ~bytes & each(0x80) }

    /// Line feed, `!`, `.`, `;`, `?`.
    private static func isCandidate(_ byte: UInt8) -> Bool {
        byte < 0x40 && (1 << 0x0A | 1 << 0x21 | 1 << 0x2E | 1 << 0x3B | 1 << 0x3F as UInt64) &>> UInt64(byte) & 1 != 0
    }

    /// Whether a block of 64 scalars holds a stop, a separator, or letters of a script that ends sentences with spaces.
    /// As long as needed for all that four bytes can say.
    private static let blocks: [Bool] = {
        var blocks = [Bool](repeating: false, count: 0x200000 >> 6)
        let runs = SentenceBreakTable.runs
        for (run, next) in zip(runs, runs.dropFirst()) {
            let property = SentenceBreakProperty(rawValue: UInt8(run & 0xF))
            guard property?.isStop == true || property == .separator else { continue }
            for block in (run >> 10)...((next >> 4) - 1) >> 6 { blocks[Int(block)] = true }
        }
        // The Greek question mark, further stops, and letters behind which a space may count.
        for scalar in UInt32(0x37E)..<0x3000
        where scalar == 0x37E || Scripts.isFurtherStop(scalar) || Scripts.hasSpacesForStops(scalar) {
            blocks[Int(scalar >> 6)] = true
        }
        return blocks
    }()
}
