import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds files and folders to an index.",
            discussion: """
                Files that it holds unchanged are left out, changed ones are read again; what an interrupted command had begun is
                finished first.
                """)

        @OptionGroup var path: IndexPath

        @Argument(help: ArgumentHelp("Files or folders to read (- is standard input).", valueName: "file"))
        var files: [String]

        @OptionGroup var build: IndexBuildArguments

        func run() async throws {
            let list = try build.documents.documents(files)
            build.output.tell(list.omissions)
            try await build.run(path.index) { builder, report in
                try builder.add(list.documents, to: path.index, report: report)
            }
        }
    }
}
