/// Why a model file cannot be run, beyond what ``ModelFormat/GGUFError`` says about the file itself.
public enum ModelError: Error, Equatable {
    /// The file's `general.architecture` is none that this library runs.
    case unsupportedFamily(architecture: String, supported: [String])
    /// A metadata value asks for something that this library does not do.
    case unsupportedFeature(key: String, value: String)
    /// A metadata value is impossible, or contradicts another.
    case invalidValue(key: String, value: String, reason: String)
    /// A tensor has another shape than the metadata say; sizes are in the file's order, the fastest first.
    case wrongShape(tensor: String, expected: [Int], found: [Int])
    /// A block has a tensor that this library would have to leave out, and so compute something else.
    case unexpectedTensor(String)
    /// A tensor's rows cannot be used in the arithmetic asked for.
    case unsuitedRows(tensor: String, inputs: Int, arithmetic: String)
}

extension ModelError: CustomStringConvertible {
    /// One line for people: what is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .unsupportedFamily(let architecture, let supported):
            "metadata key \"general.architecture\": the family \(architecture) is not supported; "
                + "use a model of one of these: \(supported.joined(separator: ", "))"
        case .unsupportedFeature(let key, let value):
            "metadata key \"\(key)\": \(value) is not supported; use another model"
        case .invalidValue(let key, let value, let reason):
            "metadata key \"\(key)\" = \(value): \(reason); the file is damaged, fetch or convert it again"
        case .wrongShape(let tensor, let expected, let found):
            "tensor \"\(tensor)\" has the shape \(found), the metadata ask for \(expected); "
                + "the file is damaged, fetch or convert it again"
        case .unexpectedTensor(let name):
            "tensor \"\(name)\" has no place in this model family as it is implemented here, "
                + "and leaving it out would give wrong results; use another model"
        case .unsuitedRows(let tensor, let inputs, let arithmetic):
            "tensor \"\(tensor)\": rows of \(inputs) weights do not suit the arithmetic \(arithmetic); "
                + "load the model with another arithmetic"
        }
    }
}
