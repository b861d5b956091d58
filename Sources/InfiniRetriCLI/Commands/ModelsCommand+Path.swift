import ArgumentParser

extension ModelsCommand {
    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the path of a model, or of the folder that holds them.",
            discussion: """
                Examples:
                  infiniretri models path
                  infiniretri models path smollm2-135m-instruct.q4_1
                """)

        @Argument(help: "Name of a model; without it, the folder's path is printed.")
        var name: String?

        func run() throws {
            let store = ModelStore()
            try StandardOutput.write(exactly: (try name.map(store.path(of:)) ?? store.folder.path) + "\n")
        }
    }
}
