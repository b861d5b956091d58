/// Finds a number by a byte string: open addressing over strings that stand in one block of bytes.
struct ByteStringTable: Sendable {
    /// Per slot: the upper half of the string's hash, and its number; `empty` where there is none.
    private var slots: [UInt64]
    private let shift: UInt64
    private static let empty = UInt64.max

    init(capacity: Int) {
        var bits: UInt64 = 4
        while 1 << bits < capacity * 2 { bits += 1 }
        slots = Array(repeating: Self.empty, count: 1 << bits)
        shift = 64 - bits
    }

    /// Adds a string unless it is there.
    mutating func insert(_ string: Range<Int>, number: Int, in strings: ByteStrings) {
        strings.bytes.withUnsafeBufferPointer { bytes in
            let key = UnsafeBufferPointer(rebasing: bytes[string])
            let hash = Self.hash(key)
            var slot = Int(hash >> shift)
            while slots[slot] != Self.empty {
                if matches(slots[slot], key, hash, strings.ends, bytes) { return }
                slot = (slot + 1) & (slots.count - 1)
            }
            slots[slot] = hash << 32 | UInt64(UInt32(truncatingIfNeeded: number))
        }
    }

    /// The number of a string.
    func find(_ key: UnsafeBufferPointer<UInt8>, in strings: ByteStrings) -> Int? {
        let hash = Self.hash(key)
        var slot = Int(hash >> shift)
        return strings.bytes.withUnsafeBufferPointer { bytes in
            while slots[slot] != Self.empty {
                if matches(slots[slot], key, hash, strings.ends, bytes) {
                    return Int(UInt32(truncatingIfNeeded: slots[slot]))
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    @inline(__always)
    private func matches(
        _ slot: UInt64, _ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ ends: [Int32],
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard slot >> 32 == hash & 0xFFFF_FFFF else { return false }
        let number = Int(UInt32(truncatingIfNeeded: slot))
        let start = number == 0 ? 0 : Int(ends[number - 1])
        let end = Int(ends[number])
        guard end - start == key.count else { return false }
        for index in 0..<key.count where bytes[start + index] != key[index] { return false }
        return true
    }

    private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(key)
        var hash = UInt64(key.count)
        var position = 0
        while position + 8 <= key.count {
            hash = mixed(hash, raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            position += 8
        }
        var last: UInt64 = 0
        while position < key.count {
            last = last << 8 | UInt64(key[position])
            position += 1
        }
        return mixed(hash, last)
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}

/// Byte strings one after another in a block.
struct ByteStrings: Sendable {
    var bytes: [UInt8] = []
    /// Where each ends; it begins where the one before ends.
    var ends: [Int32] = []

    var count: Int { ends.count }

    func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }
}
