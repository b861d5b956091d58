import ArgumentParser

/// Attention indexes on disk.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Reads texts once, to ask them for ever: builds and keeps attention indexes.",
        discussion: """
            An index holds what the model's few retrieval heads know of each token of the texts, and the texts' passages. \
            Questions are put to it in a fraction of a second, however long the texts are:
              infiniretri ask --index notes.iridx "When was the bridge closed?"

            Every window is safe on disk once it is read: after an interruption, the same command goes on where it was. An \
            index can be asked while it is written. It serves the model and the profile that it was built with.

            Examples:
              infiniretri index build notes.iridx notes/ reports/2024.txt
              infiniretri index update notes.iridx notes/
              infiniretri index info notes.iridx
            """,
        subcommands: [
            Build.self, Add.self, Remove.self, Update.self, Watch.self, Compact.self, List.self, Info.self, Verify.self,
        ])
}
