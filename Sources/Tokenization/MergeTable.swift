/// What each pair of neighbouring tokens merges to, and how early.
struct MergeTable: Sendable {
    /// A pair's merge: the rank (lower merges first) above the number of the token that it makes.
    typealias Merge = UInt64

    /// Of a pair that does not merge; higher than every merge.
    static let none = Merge.max

    /// One merge; both halves are read together.
    private struct Slot: Sendable {
        var key: UInt64
        var merge: Merge
    }

    private var slots: [Slot]
    private var shift: UInt64
    private var count = 0
    /// The key of a slot that is free: no token has the number -1.
    private static let free = UInt64.max

    init(capacity: Int) {
        var bits: UInt64 = 4
        while (1 << bits) * 2 <= capacity * 3 { bits += 1 }
        slots = Array(repeating: Slot(key: Self.free, merge: Self.none), count: 1 << bits)
        shift = 64 - bits
    }

    @inline(__always) static func rank(_ merge: Merge) -> UInt32 { UInt32(truncatingIfNeeded: merge >> 32) }

    @inline(__always) static func result(_ merge: Merge) -> TokenID { TokenID(truncatingIfNeeded: merge) }

    /// Adds a merge; of two for the same pair the later counts.
    mutating func insert(left: TokenID, right: TokenID, rank: Int, result: TokenID) {
        if count * 3 >= slots.count * 2 { grow() }
        insert(Slot(key: Self.key(left, right), merge: UInt64(rank) << 32 | UInt64(UInt32(bitPattern: result))))
    }

    private mutating func insert(_ new: Slot) {
        var slot = slot(new.key)
        while slots[slot].key != Self.free, slots[slot].key != new.key { slot = (slot + 1) & (slots.count - 1) }
        if slots[slot].key == Self.free { count += 1 }
        slots[slot] = new
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(key: Self.free, merge: Self.none), count: old.count * 2)
        shift -= 1
        count = 0
        for slot in old where slot.key != Self.free { insert(slot) }
    }

    /// The merge of two neighbours; `none` if they do not merge.
    @inline(__always)
    func merge(_ left: TokenID, _ right: TokenID) -> Merge {
        let key = Self.key(left, right)
        return slots.withUnsafeBufferPointer { slots in
            var slot = slot(key)
            // There are always free slots, at which a search ends; a free slot holds `none`.
            while slots[slot].key != key, slots[slot].key != Self.free { slot = (slot + 1) & (slots.count - 1) }
            return slots[slot].merge
        }
    }

    @inline(__always)
    private static func key(_ left: TokenID, _ right: TokenID) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    private func slot(_ key: UInt64) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(((product ^ (product >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> shift)
    }
}
