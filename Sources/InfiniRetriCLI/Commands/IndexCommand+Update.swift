import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings an index up to date with folders: new, changed and removed files.",
            discussion: """
                A file has changed when its size has, or its times and its bytes have. Files that were renamed or moved are followed, and
                those that cannot be read now are kept as they are. Documents of the index that are in none of the folders are left as
                they are. A folder that is not there is an error, and nothing is changed.
                """)

        @OptionGroup var path: IndexPath

        @Argument(help: ArgumentHelp("Folders or files.", valueName: "folder"))
        var folders: [String]

        @OptionGroup var build: IndexBuildArguments

        func run() async throws {
            try await build.run(path.index) { builder, report in
                try builder.update(folders, in: path.index, filter: build.documents.filter, report: report)
            }
        }
    }
}
