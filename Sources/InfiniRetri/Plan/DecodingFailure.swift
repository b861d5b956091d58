/// Puts a decoding failure in words that name the field.
package enum DecodingFailure {
    /// Which field is missing or wrong, in words; other errors as they describe themselves.
    package static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        return switch error {
        case .keyNotFound(let key, _): "the field \"\(key.stringValue)\" is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "the field \"\(path(context))\" should be a \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not a JSON object" : "the field \"\(path(context))\": \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
