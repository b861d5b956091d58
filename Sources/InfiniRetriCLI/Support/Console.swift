import Foundation

/// Standard error: everything that is not the answer.
enum Console {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes a line, as a terminal may have it (``TerminalText``). What cannot be written is lost: there is nowhere to say so.
    static func write(_ line: String) {
        put(TerminalText.visible(line) + "\n")
    }

    /// Writes text as it is.
    static func put(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Standard output: the answer.
enum StandardOutput {
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Writes text for people at once, unbuffered, as a terminal may have it (``TerminalText``).
    static func write(_ text: String) throws { try write(exactly: TerminalText.visible(text)) }

    /// Writes text for other programs at once, unbuffered.
    ///
    /// A reader that has gone away usually ends the process by its signal, silently, as with other commands.
    static func write(exactly text: String) throws { try write(exactly: Data(text.utf8)) }

    /// Writes bytes of such a text.
    static func write(exactly text: Data) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: text)
        } catch {
            throw CommandError("cannot write to standard output: \(FailureMessage.text(of: error))")
        }
    }

    /// Writes a value as one line of JSON with sorted keys.
    static func write(json value: some Encodable) throws { try write(exactly: json(value) + "\n") }

    /// A value as JSON with sorted keys, without a line break.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
