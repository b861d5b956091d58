import Foundation
import Synchronization
import SystemPackage

/// Another program, whose standard output is read as a stream while it runs.
///
/// It never outlives the object, is never waited for longer than ``Limits/silence``, and is killed when the task that reads from it
/// is cancelled. It waits itself while nobody reads. Its memory and time of a processor are bounded.
package final class ChildProcess: ByteStream {
    /// What it may use.
    package struct Limits {
        /// How long it may write nothing while it is read from.
        package var silence: Duration
        /// Seconds of a processor.
        package var processorSeconds: Int
        /// Bytes of address space, where the system knows such a limit.
        package var memory: Int

        package init(silence: Duration, processorSeconds: Int, memory: Int) {
            self.silence = silence
            self.processorSeconds = processorSeconds
            self.memory = memory
        }
    }

    /// How it came to its end.
    package enum Ending: Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        /// It wrote nothing for too long and was killed.
        case silent
        /// The task was cancelled, and it was killed.
        case cancelled
    }

    /// Nil while it runs.
    package private(set) var ending: Ending?
    /// The beginning of what it wrote to its standard error.
    package var errors: String { String(decoding: errorBytes, as: UTF8.self) }

    private let identifier: pid_t
    private let silence: Duration
    private var output: FileDescriptor?
    private var errorOutput: FileDescriptor?
    private var errorBytes: [UInt8] = []

    /// Starts a program.
    /// - Parameters:
    ///   - path: Where it is, ``path(ofProgram:)``.
    ///   - input: What it gets as its standard input; it shares the position in it. Nil gives it nothing.
    /// - Throws: `Errno` where it cannot be started.
    package init(
        _ path: FilePath, _ arguments: [String], input: FileDescriptor?, limits: Limits
    ) throws(Errno) {
        silence = limits.silence
        (identifier, output, errorOutput) = try Self.starting.withLock { _ throws(Errno) in
            let output = try Self.pipe()
            defer { Self.close([output.write]) }
            let errors: (read: FileDescriptor, write: FileDescriptor)
            do throws(Errno) { errors = try Self.pipe() } catch {
                Self.close([output.read])
                throw error
            }
            defer { Self.close([errors.write]) }
            do throws(Errno) {
                let identifier = try Self.spawn(
                    path, arguments, limits, input: input, output: output.write, errors: errors.write)
                return (identifier, output.read, errors.read)
            } catch {
                Self.close([output.read, errors.read])
                throw error
            }
        }
    }

    deinit {
        if ending == nil { kill() }
        Self.close([output, errorOutput].compactMap(\.self))
    }

    /// The next bytes of its standard output; nil when it has ended, by itself or not: ``ending``.
    package func next() -> [UInt8]? {
        let clock = ContinuousClock()
        let start = clock.now
        while ending == nil {
            if Task.isCancelled {
                end(as: .cancelled)
            } else if start.duration(to: clock.now) > silence {
                end(as: .silent)
            } else if let block = readWhatIsThere() {
                return block
            } else if output == nil, errorOutput == nil, let status = wait(WNOHANG) {
                ending = status
            }
        }
        return nil
    }

    /// Waits for a moment for something to read from it; reads its standard error too.
    private func readWhatIsThere() -> [UInt8]? {
        let open = [output, errorOutput].compactMap(\.self)
        var polls = open.map { pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0) }
        // Without anything to read, this is a pause before the next look at whether it has ended.
        guard poll(&polls, nfds_t(polls.count), polls.isEmpty ? 1 : Self.slice) > 0 else { return nil }
        for (descriptor, poll) in zip(open, polls) where poll.revents != 0 {
            let block = (try? Self.read(descriptor)) ?? []
            if descriptor == errorOutput {
                errorBytes += block.prefix(max(0, Self.errorSize - errorBytes.count))
                if block.isEmpty { errorOutput = nil }
            } else if block.isEmpty {
                output = nil
            } else {
                return block
            }
            if block.isEmpty { Self.close([descriptor]) }
        }
        return nil
    }

    private func end(as ending: Ending) {
        kill()
        self.ending = ending
    }

    /// Not with a signal that can be blocked or caught.
    private func kill() {
        _ = Foundation.kill(identifier, SIGKILL)
        _ = wait(0)
    }

    /// How it ended, if it has; with `options` 0 it waits for that.
    private func wait(_ options: Int32) -> Ending? {
        var status: Int32 = 0
        var result = waitpid(identifier, &status, options)
        while result < 0, errno == EINTR { result = waitpid(identifier, &status, options) }
        guard result != 0 else { return nil }
        // The words of POSIX are macros: WIFEXITED, WEXITSTATUS, WTERMSIG.
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// Bytes of its standard error that are kept.
    private static let errorSize = 1 << 12
    /// Milliseconds between looks at whether the task was cancelled.
    private static let slice: Int32 = 50

    private static func read(_ descriptor: FileDescriptor) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: byteBlockSize) { buffer, filled in
            filled = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), retryOnInterrupt: true)
        }
    }

    private static func close(_ descriptors: [FileDescriptor]) {
        for descriptor in descriptors { try? descriptor.close() }
    }

    /// One at a time: a program started between the two steps of ``pipe()`` would inherit the pipe, and hold it open.
    private static let starting = Mutex(())

    /// A pipe that programs do not inherit.
    private static func pipe() throws(Errno) -> (read: FileDescriptor, write: FileDescriptor) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
    }

    private static func spawn(
        _ path: FilePath, _ arguments: [String], _ limits: Limits, input: FileDescriptor?, output: FileDescriptor,
        errors: FileDescriptor
    ) throws(Errno) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input.rawValue, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.rawValue, 2)
        // A child inherits which signals its parent blocks and ignores; one that ignores SIGPIPE would write on for nobody.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        // The shell sets the limits and becomes the program. A system that does not know one of them goes without.
        let script =
            "ulimit -t \(limits.processorSeconds) 2>/dev/null; ulimit -v \(limits.memory >> 10) 2>/dev/null; exec \"$0\" \"$@\""
        var words = (["/bin/sh", "-c", script, path.string] + arguments).map { strdup($0) }
        var environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
            .map { strdup("\($0.key)=\($0.value)") }
        defer { for word in words + environment { free(word) } }
        words.append(nil)
        environment.append(nil)
        var identifier: pid_t = 0
        let result = posix_spawn(&identifier, "/bin/sh", &actions, &attributes, words, environment)
        guard result == 0 else { throw Errno(rawValue: result) }
        return identifier
    }

    /// Where a program is on the search path; nil where it is not installed.
    package static func path(ofProgram name: String) -> FilePath? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { FilePath(String($0)).appending(name) }
            .first { access($0.string, X_OK) == 0 }
    }
}
