import CKernels

/// In which numbers linear layers multiply. Everything else is float32 always.
public enum Arithmetic: String, Sendable, CaseIterable {
    /// Weights decoded to float32 on the fly, activations in float32.
    case float32
    /// Weights repacked once to int8 and activations quantised to int8, in groups of at most 256 inputs with one scale
    /// each; integer products, sums over groups in float32.
    case int8

    /// The inputs that share one int8 scale: the largest multiple of 32 up to 256 that divides `inputs`, or failing
    /// that of 4. Nil if there is none.
    package static func int8Group(inputs: Int) -> Int? {
        guard inputs > 0 else { return nil }
        let candidates = Array(stride(from: 256, through: 32, by: -32)) + Array(stride(from: 28, through: 4, by: -4))
        return candidates.first { inputs.isMultiple(of: $0) }
    }
}

/// The kernels that this process uses.
public enum Kernels {
    /// The name of the instruction set in use: scalar, avx2, avx512 or avx512vnni.
    public static var name: String {
        current.pointee.name.map { String(cString: $0) } ?? "scalar"
    }

    package static var current: UnsafePointer<ir_kernels> { ir_kernels_current() }
}
