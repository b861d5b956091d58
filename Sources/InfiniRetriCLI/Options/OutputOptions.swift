import ArgumentParser
import Documents

/// How much is said, and in which form.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of text.")
    var json = false

    @Flag(name: .long, help: "No progress and no messages on standard error, except errors.")
    var quiet = false

    @Flag(name: .long, help: "Say more on standard error: model, profile, times.")
    var verbose = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("Choose one of --quiet and --verbose.") }
    }

    /// Writes a line to standard error that only `--quiet` keeps away.
    func warn(_ text: @autoclosure () -> String) {
        if !quiet { Console.write(text()) }
    }

    /// Says what was not read, or is worth knowing of what was.
    func tell(_ omissions: [Omission]) {
        for line in OmissionReport(omissions: omissions).lines(all: verbose) { warn(line) }
    }

    /// Writes a line to standard error that only `--verbose` asks for.
    func note(_ text: @autoclosure () -> String) {
        if verbose { Console.write(text()) }
    }
}
