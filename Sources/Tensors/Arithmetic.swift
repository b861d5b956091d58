import CKernels

/// In which numbers a model multiplies. Sums over groups or keys, norms and softmax are float32 always.
public enum Arithmetic: String, Sendable, CaseIterable {
    /// Everything in float32; weights are decoded on the fly.
    case float32
    /// Weights repacked once to int8 and activations quantised to int8, in groups of at most 256 inputs with one scale
    /// each; integer products. Attention multiplies in bf16 where the CPU does so itself, else in float32.
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
    /// The name of the instruction set in use: scalar, avx2, avx512, avx512vnni or avx512bf16.
    public static var name: String {
        current.pointee.name.map { String(cString: $0) } ?? "scalar"
    }

    package static var current: UnsafePointer<ir_kernels> { ir_kernels_current() }
}
