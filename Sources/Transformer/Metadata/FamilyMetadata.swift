import ModelFormat

/// The metadata of a model's family: keys are given without the family's name.
struct FamilyMetadata {
    let file: GGUFFile
    let prefix: String

    func key(_ name: String) -> String { "\(prefix).\(name)" }

    func invalid(_ name: String, _ value: some CustomStringConvertible, _ reason: String) -> ModelError {
        .invalidValue(key: key(name), value: value.description, reason: reason)
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        guard let value = try optionalInteger(name, in: range) else { throw GGUFError.missingKey(key(name)) }
        return value
    }

    func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = try optionalInteger(name) else { return nil }
        guard range.contains(value) else {
            throw invalid(name, value, "it must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    /// A number, or an array with one for each block, which must all be the same.
    func optionalInteger(_ name: String) throws -> Int? {
        guard case .array = file.metadata[key(name)] else { return try file.optionalInteger(key(name)) }
        let values = try file.integers(key(name), as: Int.self)
        guard let first = values.first else { throw invalid(name, "[]", "it has no values") }
        guard values.allSatisfy({ $0 == first }) else {
            throw ModelError.unsupportedFeature(key: key(name), value: "a value that differs from block to block")
        }
        return first
    }

    func positive(_ name: String) throws -> Float {
        guard let value = try optionalPositive(name) else { throw GGUFError.missingKey(key(name)) }
        return value
    }

    /// A finite number above 0.
    func optionalPositive(_ name: String) throws -> Float? {
        guard let value = try file.optionalFloat(key(name)) else { return nil }
        guard value.isFinite, value > 0 else { throw invalid(name, value, "it must be a finite number above 0") }
        return value
    }
}
