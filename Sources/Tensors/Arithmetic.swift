import CKernels

/// In which numbers a model multiplies. Sums over groups or keys, norms and softmax are float32 always.
public enum Arithmetic: String, Sendable, CaseIterable {
    /// Everything in float32; weights are decoded on the fly.
    case float32
    /// Weights repacked once to int8 and activations quantised to int8, with one scale for each group of inputs; integer
    /// products. Attention multiplies in bf16 where the CPU does so itself, else in float32.
    case int8
}

/// How a row of inputs is coded in int8.
package struct Int8Coding: Sendable, Hashable {
    /// Inputs that share a scale.
    package let group: Int
    /// Whether runs of 64 inputs are turned by the Walsh-Hadamard transform first, weights and activations alike, which
    /// leaves their products as they are. Outliers then spread over their run, so that one scale suits all of it
    /// (QuaRot, arXiv 2404.00456).
    package let rotated: Bool

    /// Rows of at most 1,024 inputs have one scale, longer ones one for each of the largest groups up to 256 that are a
    /// multiple of 64 and divide the row. Rows that cannot be turned have groups that are a multiple of 32, or failing that
    /// of 4. Nil if the inputs are not a multiple of 4.
    package init?(inputs: Int) {
        guard inputs > 0 else { return nil }
        let run = Int(IR_ROTATION)
        rotated = inputs.isMultiple(of: run)
        if rotated && inputs <= Int(IR_INT8_MAXIMUM_GROUP) {
            group = inputs
            return
        }
        let candidates =
            Array(stride(from: 256, through: 32, by: rotated ? -run : -32))
            + Array(stride(from: 28, through: 4, by: -4))
        guard let group = candidates.first(where: { inputs.isMultiple(of: $0) }) else { return nil }
        self.group = group
    }
}

/// The kernels that this process uses.
public enum Kernels {
    /// The name of the instruction set in use: scalar, avx2, avx512, avx512vnni, avx512bf16, neon, neondot or neoni8mm.
    public static var name: String {
        current.pointee.name.map { String(cString: $0) } ?? "scalar"
    }

    package static var current: UnsafePointer<ir_kernels> { ir_kernels_current() }
}
