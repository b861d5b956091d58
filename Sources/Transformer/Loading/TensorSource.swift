import ModelFormat
import Tensors

/// Finds tensors in a model file, checks their shapes, and remembers which ones a model uses.
struct TensorFinder {
    let file: GGUFFile
    let arithmetic: Arithmetic
    private(set) var used: Set<String> = []

    init(file: GGUFFile, arithmetic: Arithmetic) {
        self.file = file
        self.arithmetic = arithmetic
    }

    /// The weights of a linear layer: `name.weight`, and `name.bias` where it is there or must be.
    mutating func linear(
        _ name: String, outputs: Int, inputs: Int, requiresBias: Bool = false
    ) throws -> LinearSource {
        let weights = try tensor(name + ".weight", shape: [inputs, outputs])
        guard inputs.isMultiple(of: weights.format.elementsPerBlock),
            arithmetic == .float32 || Int8Coding(inputs: inputs) != nil
        else {
            throw ModelError.unsuitedRows(tensor: weights.name, inputs: inputs, arithmetic: arithmetic.rawValue)
        }
        let hasBias = try requiresBias || file.optionalTensor(name + ".bias") != nil
        return LinearSource(
            file: file, weights: weights, bias: hasBias ? try tensor(name + ".bias", shape: [outputs]) : nil,
            outputs: outputs, inputs: inputs)
    }

    /// A vector of `count` elements.
    mutating func vector(_ name: String, count: Int) throws -> VectorSource {
        VectorSource(file: file, tensor: try tensor(name, shape: [count]))
    }

    mutating func tensor(_ name: String, shape: [Int]) throws -> TensorDescription {
        let tensor = try file.tensor(name)
        // Trailing sizes of 1 say nothing.
        var found = tensor.shape
        while found.count > shape.count, found.last == 1 { found.removeLast() }
        guard found == shape else {
            throw ModelError.wrongShape(tensor: name, expected: shape, found: tensor.shape)
        }
        used.insert(name)
        return tensor
    }
}

/// A linear layer as it stands in a model file, checked.
struct LinearSource: Sendable {
    let file: GGUFFile
    let weights: TensorDescription
    let bias: TensorDescription?
    let outputs: Int
    let inputs: Int

    /// The layer, ready to be applied. With int8 weights the file's own are no longer needed in memory.
    func load(_ arithmetic: Arithmetic, on pool: ThreadPool) throws -> Linear {
        let linear = try Linear(
            format: weights.format, bytes: file.bytes(of: weights), outputs: outputs, inputs: inputs,
            bias: bias.map { file.floats(of: $0) }, arithmetic: arithmetic, pool: pool, owner: file)
        if arithmetic == .int8 { file.dropFromMemory(weights) }
        return linear
    }
}

/// A vector as it stands in a model file, checked.
struct VectorSource: Sendable {
    let file: GGUFFile
    let tensor: TensorDescription

    /// Its elements, in one row.
    func load() -> Matrix {
        let values = file.floats(of: tensor)
        let matrix = Matrix(rows: 1, columns: values.count)
        for (index, value) in values.enumerated() { matrix.pointer[index] = value }
        return matrix
    }
}
