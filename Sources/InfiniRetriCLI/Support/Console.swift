import Foundation

/// Standard error: everything that is not the answer.
enum Console {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes a line. What cannot be written is lost: there is nowhere to say so.
    static func write(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes text as it is.
    static func put(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Standard output: the answer.
enum StandardOutput {
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Writes text at once, unbuffered.
    ///
    /// A reader that has gone away usually ends the process by its signal, silently, as with other commands.
    static func write(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandError("cannot write to standard output: \(FailureMessage.text(of: error))")
        }
    }

    /// Writes a value as one line of JSON with sorted keys.
    static func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write(String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
    }
}
