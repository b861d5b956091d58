/// Byte strings one after another in a block.
struct ByteStrings: Sendable {
    var bytes: [UInt8] = []
    /// Where each ends; it begins where the one before ends.
    var ends: [Int32] = []

    var count: Int { ends.count }

    func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// Calls `body` with the strings in place.
    func withUnsafeView<Result>(_ body: (View) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            try ends.withUnsafeBufferPointer { try body(View(bytes: bytes, ends: $0)) }
        }
    }

    /// The strings while they do not change.
    struct View {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let ends: UnsafeBufferPointer<Int32>

        @inline(__always)
        subscript(number: Int) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])])
        }

        @inline(__always)
        func isEqual(_ number: Int, to key: UnsafeBufferPointer<UInt8>) -> Bool {
            let start = number == 0 ? 0 : Int(ends[number - 1])
            guard Int(ends[number]) - start == key.count else { return false }
            for index in 0..<key.count where bytes[start + index] != key[index] { return false }
            return true
        }
    }
}

/// Finds the number of a byte string: open addressing.
struct ByteStringTable: Sendable {
    /// Per slot: the lower half of the string's hash, and its number; `free` where there is none.
    private var slots: [UInt64]
    private let shift: UInt64
    private static let free = UInt64.max

    /// A table of the strings whose numbers are given. Of equal strings the first is kept; empty ones are left out.
    init(_ numbers: [Int], of strings: ByteStrings) {
        var bits: UInt64 = 4
        while 1 << bits < numbers.count * 2 { bits += 1 }
        let shift = 64 - bits
        self.shift = shift
        slots = Array(repeating: Self.free, count: 1 << bits)
        slots.withUnsafeMutableBufferPointer { slots in
            strings.withUnsafeView { strings in
                for number in numbers {
                    let key = strings[number]
                    let hash = Self.hash(key)
                    var slot = Int(hash >> shift)
                    var isNew = !key.isEmpty
                    while isNew, slots[slot] != Self.free {
                        isNew = !Self.matches(slots[slot], key, hash, strings)
                        slot = (slot + 1) & (slots.count - 1)
                    }
                    if isNew { slots[slot] = hash << 32 | UInt64(UInt32(truncatingIfNeeded: number)) }
                }
            }
        }
    }

    /// The number of a string; `strings` are those of which the table was made.
    func find(_ key: UnsafeBufferPointer<UInt8>, in strings: ByteStrings.View) -> Int? {
        let hash = Self.hash(key)
        return slots.withUnsafeBufferPointer { slots in
            var slot = Int(hash >> shift)
            while slots[slot] != Self.free {
                if Self.matches(slots[slot], key, hash, strings) {
                    return Int(UInt32(truncatingIfNeeded: slots[slot]))
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    @inline(__always)
    private static func matches(
        _ slot: UInt64, _ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ strings: ByteStrings.View
    ) -> Bool {
        slot >> 32 == hash & 0xFFFF_FFFF && strings.isEqual(Int(UInt32(truncatingIfNeeded: slot)), to: key)
    }

    @inline(__always)
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
