/// Why tokens cannot be sampled.
public enum SamplingError: Error, Equatable {
    /// An option outside its range.
    case invalidOption(name: String, value: String, range: String)
    /// The model gave no usable logit: all are infinite or not numbers.
    case noFiniteLogits
}

extension SamplingError: CustomStringConvertible {
    /// One line for people: what is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .invalidOption(let name, let value, let range):
            "The sampling option \(name) is \(value): give a value \(range)."
        case .noFiniteLogits:
            "The model's output is not a number: its file is damaged, or of a kind that is not computed rightly here."
        }
    }

    static func check(_ name: String, _ value: Float, _ range: String, _ condition: (Float) -> Bool) throws(Self) {
        guard value.isFinite, condition(value) else {
            throw .invalidOption(name: name, value: "\(value)", range: range)
        }
    }
}
