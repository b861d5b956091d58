import CKernels

/// Which elements of a head a rotary embedding turns together.
public enum RotaryLayout: Sendable {
    /// (x[2i], x[2i + 1]): the "normal" layout of GGUF files of the Llama family.
    case adjacentPairs
    /// (x[i], x[i + pairs]): the layout of GPT-NeoX and Qwen.
    case halves
}

/// Cosines and sines for positions 0 ..< `positions`, and their use. The angles are the caller's.
public final class RotaryTable: @unchecked Sendable {
    /// Positions in the table.
    public let positions: Int
    /// Pairs of elements that are turned: half the rotary dimensions of a head.
    public let pairs: Int
    /// Which elements are turned together.
    public let layout: RotaryLayout
    private let cosines: Matrix
    private let sines: Matrix

    /// A table of `factor` * cos and sin of position * frequencies[i], computed in double precision.
    public init(positions: Int, frequencies: [Double], factor: Double = 1, layout: RotaryLayout) {
        self.positions = positions
        self.layout = layout
        pairs = frequencies.count
        cosines = Matrix(rows: positions, columns: pairs)
        sines = Matrix(rows: positions, columns: pairs)
        for position in 0..<max(0, positions) {
            for (i, frequency) in frequencies.enumerated() {
                let angle = (Double(position) * frequency).remainder(dividingBy: 2 * .pi)
                cosines.row(position)[i] = Float(factor * Trigonometry.cosine(angle))
                sines.row(position)[i] = Float(factor * Trigonometry.sine(angle))
            }
        }
    }

    /// Turns `vectors` vectors that lie one behind the other as befits the position `distance`. Elements of a vector behind
    /// 2 * pairs stay as they are. Positions beyond the table are a programming error.
    package func turn(_ x: UnsafeMutablePointer<Float>, vectors: Int, dimension: Int, by distance: Int) {
        precondition((0..<positions).contains(distance), "The position leaves the rotary table.")
        precondition(dimension >= 2 * pairs, "The vectors must be whole heads.")
        let table = Kernels.current.pointee
        let rotate = layout == .adjacentPairs ? table.rope_adjacent : table.rope_halves
        rotate?(x, vectors, dimension, cosines.row(distance).baseAddress, sines.row(distance).baseAddress, pairs)
    }
}
