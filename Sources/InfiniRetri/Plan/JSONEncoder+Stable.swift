import Foundation

extension JSONEncoder {
    /// The same value gives the same bytes: sorted keys, one line.
    package static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
