import Foundation

/// How rotary angles are stretched, so that a model takes longer texts than it was first trained on.
package enum RotaryScaling: Sendable, Equatable {
    case none
    /// All angles divided by one factor (position interpolation, arXiv 2306.15595).
    case linear(factor: Double)
    /// Fast angles kept, slow ones divided, attention sharpened (arXiv 2309.00071).
    case yarn(YaRN)

    /// The parameters of YaRN.
    package struct YaRN: Sendable, Equatable {
        /// How many times longer the context is than the original one.
        package var factor: Double
        /// Tokens of the context that the model was first trained on.
        package var originalContext: Double
        /// Pairs that turn more often than this in the original context are kept as they are.
        package var fastTurns = 32.0
        /// Pairs that turn less often than this are divided by the factor.
        package var slowTurns = 1.0
        /// Factor of the sharpening.
        package var attentionFactor = 1.0
        /// How far fast pairs are kept: 1 wholly, 0 not at all (then all are divided by the factor).
        package var extrapolation = 1.0

        package init(factor: Double, originalContext: Double) {
            self.factor = factor
            self.originalContext = originalContext
        }
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
            func parameter(_ name: String, default value: Double) throws -> Double {
                try metadata.optionalPositive("rope.scaling.\(name)").map(Double.init) ?? value
            }
            yarn.fastTurns = try parameter("yarn_beta_fast", default: yarn.fastTurns)
            yarn.slowTurns = try parameter("yarn_beta_slow", default: yarn.slowTurns)
            // Two names for factors that are multiplied.
            yarn.attentionFactor =
                try parameter("attn_factor", default: 1) * parameter("yarn_attn_factor", default: 1)
            yarn.extrapolation = try parameter("yarn_ext_factor", default: 1)
            self = .yarn(yarn)
        case .some(let other):
            throw ModelError.unsupportedFeature(
                key: metadata.key("rope.scaling.type"), value: "the rotary scaling \(other)")
        }
    }
}

/// The angle of each pair of a head's elements at position 1, and what sines and cosines are multiplied by.
package struct RotaryFrequencies: Sendable {
    package var frequencies: [Double]
    package var magnitude = 1.0

    /// - Parameters:
    ///   - dimensions: Elements of a head that are turned: twice the pairs.
    ///   - base: The pair i turns by base^(-2i / dimensions) a position (RoFormer, arXiv 2104.09864).
    ///   - divisors: One for each pair, from the file (Llama 3's scaling by wavelength, arXiv 2407.21783); nil: all 1.
    package init(dimensions: Int, base: Double, scaling: RotaryScaling, divisors: [Float]?) {
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
                let kept = (1 - slowness) * yarn.extrapolation
                frequencies[index] *= kept + (1 - kept) / yarn.factor
            }
            magnitude = yarn.attentionFactor * (1 + 0.1 * log(max(1, yarn.factor)))
        }
    }
}
