import Foundation

extension RetrievalPlan {
    /// Reads a plan from JSON, in which what is left out has its default.
    /// - Throws: ``RetrievalError/invalidPlan(reason:)``, also for names that no plan has.
    public init(json: Data) throws(RetrievalError) {
        do {
            let defaults = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Complete(RetrievalPlan())))
            let given = try JSONSerialization.jsonObject(with: json)
            let merged = try Self.merged(defaults, with: given, at: "")
            self = try JSONDecoder().decode(RetrievalPlan.self, from: JSONSerialization.data(withJSONObject: merged))
        } catch let error as RetrievalError {
            throw error
        } catch let error as DecodingError {
            throw .invalidPlan(reason: DecodingFailure.reason(error))
        } catch {
            throw .invalidPlan(reason: "it is not JSON: \(error.localizedDescription)")
        }
        try validate()
    }

    /// A plan with a key for every field, those that are nil included, so that unknown names can be told.
    private struct Complete: Encodable {
        let plan: RetrievalPlan

        init(_ plan: RetrievalPlan) { self.plan = plan }

        enum OptionalKeys: String, CodingKey { case stages, window }

        func encode(to encoder: any Encoder) throws {
            try plan.encode(to: encoder)
            var container = encoder.container(keyedBy: OptionalKeys.self)
            try container.encodeNil(forKey: .stages)
            try container.encodeNil(forKey: .window)
        }
    }

    private static func merged(_ defaults: Any, with given: Any, at path: String) throws -> Any {
        guard var result = defaults as? [String: Any] else { return given }
        guard let given = given as? [String: Any] else {
            throw RetrievalError.invalidPlan(reason: "\(path.isEmpty ? "it" : path) is not a JSON object")
        }
        for (name, value) in given {
            guard let standard = result[name] else {
                throw RetrievalError.invalidPlan(
                    reason: "it has no '\(path)\(name)'; there are: " + result.keys.sorted().joined(separator: ", "))
            }
            result[name] = try merged(standard, with: value, at: "\(path)\(name).")
        }
        return result
    }
}
