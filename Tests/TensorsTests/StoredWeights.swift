import Tensors
import TestSupport

/// Weights of a format, as stored and decoded.
struct StoredWeights {
    let bytes: [UInt8]
    let values: [Float]
    let outputs: Int
    let inputs: Int
    let format: BlockFormat

    init(_ format: BlockFormat, outputs: Int, inputs: Int, using generator: inout SeededGenerator) {
        self.format = format
        self.outputs = outputs
        self.inputs = inputs
        let bytes = format.randomBytes(elements: outputs * inputs, deviation: 0.1, using: &generator)
        var values = [Float](repeating: 0, count: outputs * inputs)
        values.withUnsafeMutableBufferPointer { values in
            bytes.withUnsafeBytes { _ = format.dequantize($0, into: values) }
        }
        self.bytes = bytes
        self.values = values
    }

    /// A layer of them, and the memory that they stand in: to be deallocated after the layer's last use.
    func layer(
        _ arithmetic: Arithmetic, bias: [Float]? = nil, on pool: ThreadPool
    ) throws -> (Linear, UnsafeMutableRawBufferPointer) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        let linear = try Linear(
            format: format, bytes: UnsafeRawBufferPointer(memory), outputs: outputs, inputs: inputs, bias: bias,
            arithmetic: arithmetic, pool: pool)
        return (linear, memory)
    }

    /// Row `row` of x * transpose(W) in double precision, and the sums of magnitudes.
    func product(_ x: UnsafeMutableBufferPointer<Float>) -> [(sum: Double, magnitude: Double)] {
        (0..<outputs).map { output in
            (0..<inputs).reduce(into: (0, 0)) { result, k in
                let term = Double(x[k]) * Double(values[output * inputs + k])
                result = (result.0 + term, result.1 + abs(term))
            }
        }
    }
}
