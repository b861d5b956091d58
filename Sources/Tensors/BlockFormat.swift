import CKernels

/// How the elements of a stored tensor are encoded. Raw values are GGML's type numbers, as they stand in GGUF files.
///
/// Elements are stored in blocks of `elementsPerBlock`, each `bytesPerBlock` long; a row is a whole number of blocks.
/// The layout of each block is described beside its decoder in `dequantize.c`.
public enum BlockFormat: UInt32, Sendable, CaseIterable {
    /// IEEE 754 binary32.
    case f32 = 0
    /// IEEE 754 binary16.
    case f16 = 1
    /// 4 bits, one scale per 32 elements.
    case q4_0 = 2
    /// 4 bits, one scale and one minimum per 32 elements.
    case q4_1 = 3
    /// 5 bits, one scale per 32 elements.
    case q5_0 = 6
    /// 5 bits, one scale and one minimum per 32 elements.
    case q5_1 = 7
    /// 8 bits, one scale per 32 elements.
    case q8_0 = 8
    /// 4 bits, blocks of 256 elements with eight 6-bit scales and minima.
    case q4_K = 12
    /// 5 bits, blocks of 256 elements with eight 6-bit scales and minima.
    case q5_K = 13
    /// 6 bits, blocks of 256 elements with sixteen 8-bit scales.
    case q6_K = 14
    /// The upper 16 bits of a binary32.
    case bf16 = 30

    /// How many elements one block holds: 1, 32 or 256.
    public var elementsPerBlock: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0: 32
        case .q4_K, .q5_K, .q6_K: 256
        }
    }

    /// How many bytes one block takes.
    public var bytesPerBlock: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q4_0: 18
        case .q4_1: 20
        case .q5_0: 22
        case .q5_1: 24
        case .q8_0: 34
        case .q4_K: 144
        case .q5_K: 176
        case .q6_K: 210
        }
    }

    /// The name that GGML and model cards use, such as `Q4_K`.
    public var name: String {
        switch self {
        case .f32: "F32"
        case .f16: "F16"
        case .bf16: "BF16"
        case .q4_0: "Q4_0"
        case .q4_1: "Q4_1"
        case .q5_0: "Q5_0"
        case .q5_1: "Q5_1"
        case .q8_0: "Q8_0"
        case .q4_K: "Q4_K"
        case .q5_K: "Q5_K"
        case .q6_K: "Q6_K"
        }
    }

    /// The bytes that `elements` elements take, or nil if they do not fill whole blocks or the number overflows.
    public func byteCount(elements: Int) -> Int? {
        guard elements >= 0, elements.isMultiple(of: elementsPerBlock) else { return nil }
        let (bytes, overflow) = (elements / elementsPerBlock).multipliedReportingOverflow(by: bytesPerBlock)
        return overflow ? nil : bytes
    }

    /// Decodes stored elements to float32, the portable definition of the format's meaning.
    ///
    /// Decodes as many whole blocks as `source` holds and `destination` has room for; neither needs any alignment
    /// beyond that of `Float` for the destination.
    /// - Returns: the number of elements decoded.
    @discardableResult
    public func dequantize(_ source: UnsafeRawBufferPointer, into destination: UnsafeMutableBufferPointer<Float>) -> Int
    {
        let blocks = min(source.count / bytesPerBlock, destination.count / elementsPerBlock)
        guard blocks > 0, let input = source.baseAddress, let output = destination.baseAddress else { return 0 }
        decoder(input, output, blocks)
        return blocks * elementsPerBlock
    }

    private var decoder: ir_dequantizer {
        switch self {
        case .f32: ir_dequantize_f32
        case .f16: ir_dequantize_f16
        case .bf16: ir_dequantize_bf16
        case .q4_0: ir_dequantize_q4_0
        case .q4_1: ir_dequantize_q4_1
        case .q5_0: ir_dequantize_q5_0
        case .q5_1: ir_dequantize_q5_1
        case .q8_0: ir_dequantize_q8_0
        case .q4_K: ir_dequantize_q4_k
        case .q5_K: ir_dequantize_q5_k
        case .q6_K: ir_dequantize_q6_k
        }
    }

    /// The decoder of an instruction set: the same bits as the portable one, faster.
    package func decoder(of kernels: ir_kernels) -> ir_dequantizer {
        switch self {
        case .f32: kernels.dequantize_f32
        case .f16: kernels.dequantize_f16
        case .bf16: kernels.dequantize_bf16
        case .q4_0: kernels.dequantize_q4_0
        case .q4_1: kernels.dequantize_q4_1
        case .q5_0: kernels.dequantize_q5_0
        case .q5_1: kernels.dequantize_q5_1
        case .q8_0: kernels.dequantize_q8_0
        case .q4_K: kernels.dequantize_q4_k
        case .q5_K: kernels.dequantize_q5_k
        case .q6_K: kernels.dequantize_q6_k
        }
    }
}
