import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One table of kernels: a test's argument.
struct InstructionSet: CustomStringConvertible, @unchecked Sendable {
    let table: UnsafePointer<ir_kernels>

    private init?(_ level: ir_level) {
        guard let table = ir_kernels_at(level) else { return nil }
        self.table = table
    }

    var kernels: ir_kernels { table.pointee }

    var description: String { table.pointee.name.map { String(cString: $0) } ?? "" }

    /// All that this CPU can run, the scalar one first.
    static let all: [InstructionSet] = [
        IR_LEVEL_SCALAR, IR_LEVEL_AVX2, IR_LEVEL_AVX512, IR_LEVEL_AVX512_VNNI, IR_LEVEL_AVX512_BF16,
        IR_LEVEL_NEON, IR_LEVEL_NEON_DOT, IR_LEVEL_NEON_I8MM,
    ].compactMap { InstructionSet($0) }

    /// The definitions.
    static let scalar = all[0]

    /// Those that are tested against the definitions.
    static let vector = Array(all.dropFirst())
}

/// The relative error of one rounding to float32: half the distance from 1 to the next number.
let roundingUnit: Double = 0x1p-24

/// The largest |a - b| / bound over all elements: at most 1 if the bounds hold. NaN counts as infinite.
func worstExcess(_ a: [Float], _ b: [Double], bound: (Int) -> Double) -> Double {
    guard a.count == b.count else { return .infinity }
    return a.indices.reduce(0) { worst, i in
        let difference = abs(Double(a[i]) - b[i])
        if difference == 0 { return worst }
        let excess = difference / bound(i)
        return excess.isNaN ? .infinity : max(worst, excess)
    }
}

/// The C library's exponential, in double precision.
func exponential(_ x: Double) -> Double { exp(x) }
