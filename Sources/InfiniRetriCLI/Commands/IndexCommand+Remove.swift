import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes documents from an index.",
            discussion: "They are no longer found at once; the room that they take is given back by compact.")

        @OptionGroup var path: IndexPath

        @Argument(
            help: ArgumentHelp("Documents by the names that list shows, or files and folders.", valueName: "document"))
        var documents: [String]

        @OptionGroup(title: "Output") var output: OutputOptions

        func run() throws {
            let removed = try AttentionIndex.remove(documents, from: path.index)
            if output.json {
                try StandardOutput.write(json: ["removed": removed])
            } else {
                try StandardOutput.write("\(Quantity.count(removed, "document")) removed\n")
            }
        }
    }
}
