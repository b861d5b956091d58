import Foundation

/// How rotary angles are stretched, so that a model takes longer texts than it was first trained on.
enum RotaryScaling: Sendable, Equatable {
    case none
    /// All angles divided by one factor (position interpolation, arXiv 2306.15595).
    case linear(factor: Double)
    /// Fast angles kept, slow ones divided, attention sharpened (arXiv 2309.00071).
    case yarn(YaRN)

    /// The parameters of YaRN.
    struct YaRN: Sendable, Equatable {
        /// How many times longer the context is than the original one.
        var factor: Double
        /// Tokens of the context that the model was first trained on.
        var originalContext: Double
        /// Pairs that turn more often than this in the original context are kept as they are.
        var fastTurns = 32.0
        /// Pairs that turn less often than this are divided by the factor.
        var slowTurns = 1.0
        /// Factor of the sharpening.
        var attentionFactor = 1.0
    }

    init(_ metadata: FamilyMetadata, contextLength: Int) throws {
        let type = try metadata.file.optionalString(metadata.key("rope.scaling.type"))
        // Older files have the factor under another name. 0 stands for "none".
        var factor = 1.0
        for name in ["rope.scaling.factor", "rope.scale_linear"] {
            guard let value = try metadata.file.optionalFloat(metadata.key(name)) else { continue }
            guard value.isFinite, value >= 0 else {
                throw metadata.invalid(name, value, "it must be a finite number above 0")
            }
            if value > 0 { factor = Double(value) }
            break
        }
        switch type {
        case "none": self = .none
        case nil, "linear": self = factor == 1 ? .none : .linear(factor: factor)
        case "yarn":
            let original = try metadata.optionalInteger("rope.scaling.original_context_length", in: 1...1 << 26)
            var yarn = YaRN(factor: factor, originalContext: Double(original ?? contextLength))
            yarn.fastTurns = try metadata.optionalPositive("rope.scaling.yarn_beta_fast").map(Double.init) ?? 32
            yarn.slowTurns = try metadata.optionalPositive("rope.scaling.yarn_beta_slow").map(Double.init) ?? 1
            yarn.attentionFactor = try metadata.optionalPositive("rope.scaling.attn_factor").map(Double.init) ?? 1
            self = .yarn(yarn)
        case .some(let other):
            throw ModelError.unsupportedFeature(
                key: metadata.key("rope.scaling.type"), value: "the rotary scaling \(other)")
        }
    }
}

/// The angle of each pair of a head's elements at position 1, and what sines and cosines are multiplied by.
struct RotaryFrequencies: Sendable {
    var frequencies: [Double]
    var magnitude = 1.0

    /// - Parameters:
    ///   - dimensions: Elements of a head that are turned: twice the pairs.
    ///   - base: The pair i turns by base^(-2i / dimensions) a position (RoFormer, arXiv 2104.09864).
    ///   - divisors: One for each pair, from the file (Llama 3's scaling by wavelength, arXiv 2407.21783); nil: all 1.
    init(dimensions: Int, base: Double, scaling: RotaryScaling, divisors: [Float]?) {
        let pairs = dimensions / 2
        frequencies = (0..<pairs).map { pair in
            pow(base, -2 * Double(pair) / Double(dimensions)) / Double(divisors?[pair] ?? 1)
        }
        switch scaling {
        case .none: break
        case .linear(let factor): frequencies = frequencies.map { $0 / factor }
        case .yarn(let yarn):
            // The pair that turns `turns` times in the original context, as a real number.
            func pair(turning turns: Double) -> Double {
                Double(dimensions) * log(yarn.originalContext / (turns * 2 * .pi)) / (2 * log(base))
            }
            let fast = max(0, pair(turning: yarn.fastTurns).rounded(.down))
            let slow = min(Double(dimensions - 1), pair(turning: yarn.slowTurns).rounded(.up))
            for index in frequencies.indices {
                let slowness = min(1, max(0, (Double(index) - fast) / max(0.001, slow - fast)))
                frequencies[index] *= (1 - slowness) + slowness / yarn.factor
            }
            magnitude = yarn.attentionFactor * (1 + 0.1 * log(max(1, yarn.factor)))
        }
    }
}
