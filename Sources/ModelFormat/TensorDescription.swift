import Tensors

/// Where a tensor stands in a model file, and how it is stored.
public struct TensorDescription: Sendable, Equatable {
    /// The name, such as `blk.0.attn_q.weight`.
    public let name: String
    /// The dimensions in GGML's order: the one whose elements are adjacent comes first. A matrix of N outputs and K inputs
    /// is `[K, N]`: N rows of K elements.
    public let shape: [Int]
    /// How the elements are encoded.
    public let format: BlockFormat
    /// The position of the elements in the file, in bytes.
    public let byteRange: Range<Int>

    /// The number of elements.
    public var elementCount: Int { shape.reduce(1, *) }
}

/// A tensor whose encoding this library does not read. The file opens; asking for the tensor is an error.
public struct UnsupportedTensor: Sendable, Equatable {
    /// The name, such as `blk.0.attn_q.weight`.
    public let name: String
    /// The dimensions in GGML's order.
    public let shape: [Int]
    /// GGML's number of the encoding.
    public let typeNumber: UInt32
    /// Where the description of the tensor begins in the file.
    public let offset: Int

    /// GGML's name of the encoding, or its number if it has none that we know.
    public var typeName: String {
        Self.typeNames[typeNumber] ?? "number \(typeNumber)"
    }

    private static let typeNames: [UInt32: String] = [
        9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S",
        20: "IQ4_NL", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64",
        29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
    ]
}

extension GGUFError {
    static var supportedEncodings: String { BlockFormat.allCases.map(\.name).joined(separator: ", ") }
}
