import ArgumentParser

/// Whether retrieval says what it does.
struct ExplainArguments: ParsableArguments {
    @Flag(name: .long, help: "Show what each stage of retrieval kept, and the plan in use, on standard error.")
    var explain = false
}
