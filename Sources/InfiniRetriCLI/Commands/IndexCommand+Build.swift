import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Builds an index of files and folders, or finishes one that was interrupted.",
            discussion: """
                The same command goes on where an earlier one was interrupted. Where the index holds other files already, it is
                left as it is: use add or update.
                """)

        @OptionGroup var path: IndexPath

        @Argument(help: ArgumentHelp("Files or folders to read (- is standard input).", valueName: "file"))
        var files: [String]

        @OptionGroup(title: "Keys") var keys: KeyArguments
        @OptionGroup var build: IndexBuildArguments

        func run() async throws {
            let list = try build.documents.documents(files)
            build.output.tell(list.omissions)
            try await build.run(path.index, keys: keys.keys) { builder, report in
                try builder.build(path.index, from: list.documents, report: report)
            }
        }
    }
}
