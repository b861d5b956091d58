import Foundation

/// Runs other programs.
enum Subprocess {
    /// Runs a program found on the search path to its end; its standard output is discarded.
    /// - Throws: `CommandError` with the last line of its standard error when it fails; `CancellationError` when the task is
    ///   cancelled, which ends the program.
    static func run(_ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        let handle = ProcessHandle(process)
        let name = arguments.first ?? ""

        let (status, message) = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    do {
                        try handle.run()
                        let output = try errors.fileHandleForReading.readToEnd() ?? Data()
                        continuation.resume(returning: (handle.wait(), String(decoding: output, as: UTF8.self)))
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        } onCancel: {
            handle.terminate()
        }
        try Task.checkCancellation()
        guard status == 0 else {
            let reason = message.split(whereSeparator: \.isNewline).last.map(String.init) ?? "exit code \(status)"
            throw CommandError("\(name) failed (\(arguments.prefix(4).joined(separator: " "))): \(reason)")
        }
    }
}

/// Lets one task wait for a process and another end it; the lock keeps the end from overtaking the start.
private final class ProcessHandle: @unchecked Sendable {
    private let process: Process
    private let lock = NSLock()
    private var isCancelled = false

    init(_ process: Process) { self.process = process }

    func run() throws {
        lock.lock()
        defer { lock.unlock() }
        if isCancelled { throw CancellationError() }
        try process.run()
    }

    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    func terminate() {
        lock.lock()
        defer { lock.unlock() }
        isCancelled = true
        // Not a signal that can be blocked: a child inherits the signal mask of the thread that starts it, and threads of
        // Dispatch block nearly all signals.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
