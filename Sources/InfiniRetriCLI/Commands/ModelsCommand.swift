import ArgumentParser

/// Model files on this machine.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Lists, finds and fetches model files.",
        discussion: """
            Models are GGUF files. They are kept in the folder "models" of the cache folder: $INFINIRETRI_CACHE, else \
            $XDG_CACHE_HOME/infiniretri, else ~/.cache/infiniretri. Any other GGUF file is used by giving its path \
            to --model.
            """,
        subcommands: [List.self, Pull.self, Path.self])
}
