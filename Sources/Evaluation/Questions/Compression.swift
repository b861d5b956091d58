import Files
import Foundation

/// How a data set file may be compressed.
package enum Compression: CaseIterable, Sendable {
    /// `.xz`
    case xz
    /// `.gz`
    case gzip

    /// What every such file begins with.
    private var signature: [UInt8] {
        switch self {
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        case .gzip: [0x1F, 0x8B]
        }
    }

    /// What the names of such files end with, without the dot.
    var suffix: String {
        switch self {
        case .xz: "xz"
        case .gzip: "gz"
        }
    }

    /// The program that unpacks it.
    private var program: String {
        switch self {
        case .xz: "xz"
        case .gzip: "gzip"
        }
    }

    /// What is to be installed where the program is missing.
    private var package: String {
        switch self {
        case .xz: "xz-utils"
        case .gzip: "gzip"
        }
    }

    /// The compression of a file that begins with these bytes; nil where it is none of these.
    static func of(_ beginning: Data) -> Compression? {
        allCases.first { beginning.starts(with: $0.signature) }
    }

    /// The compression that a file's name tells.
    static func named(by path: String) -> Compression? {
        let suffix = URL(fileURLWithPath: path).pathExtension.lowercased()
        return allCases.first { $0.suffix == suffix }
    }

    /// Unpacks a file piece by piece, so that memory does not grow with it.
    /// - Parameters:
    ///   - packed: Is read from its current place to its end.
    ///   - path: The file's path, for errors.
    ///   - unpacked: Is written from its current place on.
    ///   - environment: Where the program is looked for (`PATH`), and what it runs with.
    /// - Throws: `EvaluationError.missingProgram`, `.damaged`, `.unwritable` where there is no room, or `.unreadable` where the
    ///   program cannot be started or is ended by others.
    package func unpack(
        _ packed: FileHandle, of path: String, into unpacked: ScratchFile,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EvaluationError) {
        let output = Pipe()
        // A file, not a pipe: however much the program has to say, it never waits for a reader.
        let messages = try Self.scratchFile().handle
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "-d", "-c"]
        process.environment = environment.merging(["LC_ALL": "C"]) { $1 }
        process.standardInput = packed
        process.standardOutput = output
        process.standardError = messages
        do {
            try process.run()
        } catch {
            throw .unreadable(file: path, reason: "\(program) cannot be started: \(error.localizedDescription)")
        }
        let failure = Self.copy(output.fileHandleForReading, of: path, to: unpacked)
        // Where not everything was taken, this ends the program: nobody reads what it writes any more.
        try? output.fileHandleForReading.close()
        process.waitUntilExit()
        if let failure { throw failure }
        let status = process.terminationStatus
        guard process.terminationReason == .exit else {
            throw .unreadable(file: path, reason: "\(program) was ended by signal \(status)")
        }
        switch status {
        case 0: return
        // How `env` says that it has not found the program; the programs themselves never end with it.
        case 127: throw .missingProgram(program, package: package, file: path)
        default:
            throw .damaged(file: path, reason: Self.lastLine(of: messages) ?? "\(program) ended with status \(status)")
        }
    }

    private static func copy(_ source: FileHandle, of path: String, to target: ScratchFile) -> EvaluationError? {
        while true {
            let piece: Data?
            do {
                piece = try source.read(upToCount: 1 << 18)
            } catch {
                return .unreadable(file: path, reason: error.localizedDescription)
            }
            guard let piece, !piece.isEmpty else { return nil }
            do throws(SystemError) {
                try target.write(piece)
            } catch {
                return .unwritable(folder: ScratchFile.folder, reason: error.reason)
            }
        }
    }

    /// An empty temporary file.
    static func scratchFile() throws(EvaluationError) -> ScratchFile {
        do {
            return try ScratchFile()
        } catch {
            throw .unwritable(folder: ScratchFile.folder, reason: error.reason)
        }
    }

    private static func lastLine(of messages: FileHandle) -> String? {
        // The program may have said a great deal, and only its last word is wanted.
        guard let end = try? messages.seekToEnd(), (try? messages.seek(toOffset: end - min(end, 4_096))) != nil,
            let text = try? messages.readToEnd()
        else { return nil }
        return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init)
    }
}
