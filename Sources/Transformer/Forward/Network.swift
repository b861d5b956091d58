import ModelFormat
import Tensors

/// What passes run through: a model's weights, the plans of its layers, and what follows from its metadata once and for all.
final class Network: Sendable {
    let shape: ModelShape
    let normEpsilon: Float
    let layers: [LayerPlan]
    /// By the number that layer plans name.
    let rotary: [RotaryTables]
    let weights: Weights
    let arithmetic: Arithmetic
    let pool: ThreadPool

    /// Checks all that passes will need.
    ///
    /// - Throws: ``ModelFormat/GGUFError`` or ``ModelError``.
    init(
        _ file: GGUFFile, family: ModelFamily, hyperparameters: Hyperparameters, arithmetic: Arithmetic, threads: Int
    ) throws {
        shape = hyperparameters.shape
        normEpsilon = hyperparameters.normEpsilon
        self.arithmetic = arithmetic
        pool = ThreadPool.shared(threads: threads)
        layers = (0..<shape.layers).map { family.layer($0, hyperparameters) }
        weights = try Weights(
            file, shape: shape, layers: layers, embeddingScale: family.embeddingScale(shape.embedding),
            arithmetic: arithmetic, pool: pool)
        let divisors = try Self.rotaryDivisors(file, pairs: hyperparameters.rotaryDimensions / 2)
        rotary = [
            RotaryTables(
                frequencies: RotaryFrequencies(
                    dimensions: hyperparameters.rotaryDimensions, base: Double(hyperparameters.rotaryBase),
                    scaling: hyperparameters.rotaryScaling, divisors: divisors),
                layout: family.rotaryLayout, contextLength: shape.contextLength)
        ]
    }

    /// The rotary tables of a layer.
    func rotary(ofLayer layer: Int) -> RotaryTables { rotary[layers[layer].rotary] }

    /// What each rotary frequency is divided by, where the file says so.
    private static func rotaryDivisors(_ file: GGUFFile, pairs: Int) throws -> [Float]? {
        let name = "rope_freqs.weight"
        guard let tensor = try file.optionalTensor(name) else { return nil }
        guard tensor.shape == [pairs] else {
            throw ModelError.wrongShape(tensor: name, expected: [pairs], found: tensor.shape)
        }
        let divisors = file.floats(of: tensor)
        guard divisors.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            throw ModelError.invalidValue(
                key: name, value: "a factor", reason: "rotary factors must be finite numbers above 0")
        }
        return divisors
    }
}
