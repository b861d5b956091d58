import Foundation

/// The three files that a process is given.
enum StandardStreams {
    /// Opens what is closed: the next file would take its number, and would be read or written in its place. What is opened can be
    /// neither read nor written, as if it were closed.
    static func keepNumbers() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is taken, which is this one.
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
