import Foundation
import Testing

/// `Fixtures/file_server.py`, serving a folder on this machine until the object goes.
final class FileServer {
    let folder: URL
    let port: Int
    private let process = Process()

    init(folder: URL) throws {
        self.folder = folder
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/file_server.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, folder.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "the server did not start")
    }

    deinit {
        // Not a signal that can be blocked: the server inherits the signal mask of the thread that started it, and threads
        // of Dispatch block nearly all signals.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

    /// The requests so far, as "PATH RANGE".
    func requests() throws -> [String] {
        try String(contentsOf: folder.appending(path: "requests"), encoding: .utf8).split(separator: "\n").map(
            String.init)
    }
}
