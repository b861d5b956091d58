import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings an index up to date with folders: new, changed and removed files.",
            discussion: """
                A file has changed when its size or its time of change has. Documents of the index that are in none of the folders
                are left as they are.
                """)

        @OptionGroup var path: IndexPath

        @Argument(help: ArgumentHelp("Folders or files.", valueName: "folder"))
        var folders: [String]

        @OptionGroup var build: IndexBuildArguments

        func run() async throws {
            try await build.run(path.index) { builder, report in
                try builder.update(folders, in: path.index, report: report)
            }
        }
    }
}
