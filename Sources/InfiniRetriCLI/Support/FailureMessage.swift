import Foundation

/// Puts any error in one line.
enum FailureMessage {
    static func text(of error: any Error) -> String {
        singleLine(
            error is any CustomNSError || type(of: error) is NSError.Type ? error.localizedDescription : "\(error)")
    }

    static func singleLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }
}

/// A failure with a message that says what to do.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
