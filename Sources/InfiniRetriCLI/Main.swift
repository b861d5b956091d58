import ArgumentParser
import Dispatch
import Foundation

/// Where the process begins: parses, runs, and turns every failure into one line on standard error and an exit code.
@main
enum Main {
    static func main() async {
        StandardStreams.keepNumbers()
        let task = Task { await outcome(of: Array(CommandLine.arguments.dropFirst())) }
        let interrupts = Interrupts { task.cancel() }
        let exitCode = await task.value
        interrupts.stop()
        Foundation.exit(exitCode)
    }

    private static func outcome(of arguments: [String]) async -> Int32 {
        do {
            var command = try InfiniRetriCommand.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error)
        }
    }

    /// - Returns: 0 for help and version, 2 for wrong usage, 130 for an interruption, what a command exits with, 1 for any other failure.
    private static func report(_ error: any Error) -> Int32 {
        if error is CancellationError {
            Console.write("infiniretri: interrupted")
            return 130
        }
        // What the command had to say, it has said.
        if let code = error as? ExitCode { return code.rawValue }
        switch InfiniRetriCommand.exitCode(for: error) {
        case .success:
            // Help and version are what was asked for.
            try? StandardOutput.write(InfiniRetriCommand.fullMessage(for: error) + "\n")
            return 0
        case .validationFailure:
            Console.write("infiniretri: \(usageMessage(for: error))")
            return 2
        default:
            Console.write("infiniretri: \(FailureMessage.text(of: error))")
            return 1
        }
    }

    /// The parser's message and its hint at the right `--help`, without the usage between them.
    private static func usageMessage(for error: any Error) -> String {
        let message = FailureMessage.singleLine(InfiniRetriCommand.message(for: error))
        let hint = InfiniRetriCommand.fullMessage(for: error).split(separator: "\n").last { $0.contains("--help") }
        guard let hint else { return message }
        let trimmed = hint.trimmingCharacters(in: .whitespaces)
        let separator = message.last.map { ".?!".contains($0) } == true ? " " : ". "
        return message.contains(trimmed) ? message : message + separator + trimmed
    }
}

/// Control-C: the first asks the running command to stop, the second ends the process at once.
private struct Interrupts {
    private let source: any DispatchSourceSignal

    init(onFirst: @escaping @Sendable () -> Void) {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let count = InterruptCount()
        source.setEventHandler {
            if count.next() == 1 { onFirst() } else { Foundation.exit(130) }
        }
        source.resume()
    }

    func stop() { source.cancel() }
}

/// Touched by the signal queue's handler alone, which never runs twice at a time.
private final class InterruptCount: @unchecked Sendable {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
