import ModelFormat
import Tensors

/// What passes run through: a model's weights, and what follows from its metadata once and for all.
final class Network: Sendable {
    let shape: ModelShape
    let hyperparameters: Hyperparameters
    let weights: Weights
    let rotary: RotaryTables
    let attention: Attention
    let pool: ThreadPool

    /// Checks all that passes will need.
    ///
    /// - Throws: ``ModelFormat/GGUFError`` or ``ModelError``.
    init(
        _ file: GGUFFile, family: ModelFamily, hyperparameters: Hyperparameters, arithmetic: Arithmetic, threads: Int
    ) throws {
        self.hyperparameters = hyperparameters
        shape = hyperparameters.shape
        pool = ThreadPool(threads: threads)
        weights = try Weights(
            file, hyperparameters: hyperparameters, family: family, arithmetic: arithmetic, pool: pool)
        let divisors = try Self.rotaryDivisors(file, pairs: hyperparameters.rotaryDimensions / 2)
        rotary = RotaryTables(
            frequencies: RotaryFrequencies(
                dimensions: hyperparameters.rotaryDimensions, base: Double(hyperparameters.rotaryBase),
                scaling: hyperparameters.rotaryScaling, divisors: divisors),
            layout: family.rotaryLayout, contextLength: shape.contextLength)
        attention = Attention(
            heads: shape.heads, keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension,
            scale: hyperparameters.attentionScale, arithmetic: arithmetic)
    }

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
