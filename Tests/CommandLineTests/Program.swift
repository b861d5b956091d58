import Foundation
import Testing

/// Runs the built program as a user does.
struct Program {
    /// What a run left.
    struct Run {
        var exitCode: Int32
        var output: String
        var errors: String

        /// The lines of standard error.
        var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// The program lies beside the test bundle.
    static let url: URL? = {
        let places = [Bundle.main.executableURL?.deletingLastPathComponent(), Bundle.main.bundleURL]
        return places.compactMap { $0?.appending(path: "infiniretri") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Added to the environment of the tests.
    var environment: [String: String] = [:]

    /// Runs the program to its end. Standard input is empty unless given.
    /// - Parameter interruptWhen: Asked again and again; once it is true, the program gets the signal of Control-C.
    func run(_ arguments: [String], input: String? = nil, interruptWhen: (() -> Bool)? = nil) throws -> Run {
        let program: URL = try #require(
            Self.url, "the program is not built: swift build -c release --product infiniretri")
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        // The width of help texts.
        let fixed = ["COLUMNS": "80"]
        process.environment = ProcessInfo.processInfo.environment.merging(fixed) { $1 }.merging(environment) { $1 }
        // Files, not pipes: the program may write more than a pipe holds before all of its input is read.
        let folder = FileManager.default.temporaryDirectory.appending(path: "infiniretri-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ text: String = "") throws -> FileHandle {
            let url = folder.appending(path: name)
            try Data(text.utf8).write(to: url)
            return try FileHandle(forUpdating: url)
        }
        process.standardInput = try file("input", input ?? "")
        process.standardOutput = try file("output")
        process.standardError = try file("errors")
        try process.run()
        if let interruptWhen {
            while process.isRunning && !interruptWhen() { usleep(10_000) }
            process.interrupt()
        }
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
        }
        return Run(exitCode: process.terminationStatus, output: try text("output"), errors: try text("errors"))
    }
}
