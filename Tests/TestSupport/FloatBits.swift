/// The bits of the IEEE 754 binary16 number nearest to `value`, ties to even; too large numbers become infinite.
package func halfBits(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let magnitude = bits & 0x7FFF_FFFF
    if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
    // 65,520 lies halfway between the largest binary16 number and the next power of two.
    if magnitude >= 0x477F_F000 { return sign | 0x7C00 }
    if magnitude < 0x3880_0000 {
        // Subnormal: a multiple of 2^-24. The product is exact, so it is rounded once.
        return sign | UInt16((value.magnitude * 0x1p24).rounded(.toNearestOrEven))
    }
    let rebased = magnitude - 0x3800_0000
    let rounded = rebased + 0x0FFF + ((rebased >> 13) & 1)
    return sign | UInt16(truncatingIfNeeded: rounded >> 13)
}

/// The bits of the bfloat16 number nearest to a finite `value`, ties to even.
package func bfloat16Bits(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16)
}

extension Array where Element == UInt8 {
    /// Appends an integer in little-endian order.
    package mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
