import ArgumentParser
import InfiniRetri

extension KeyFormat: ExpressibleByArgument {}

/// What an index that is built stores.
struct KeyArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How a new index stores keys: int4, int8 or float16, each of which takes twice the room of the one before (default: int8).",
            valueName: "int4|int8|float16"))
    var keys: KeyFormat?
}
