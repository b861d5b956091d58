import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads a whole index and checks every byte against its checksum.")

        @OptionGroup var path: IndexPath
        @OptionGroup(title: "Output") var output: OutputOptions

        func run() async throws {
            let index = try AttentionIndex(path: path.index)
            try index.verify()
            let unfinished = index.unfinishedDocuments.count
            if output.json {
                try StandardOutput.write(
                    json: [
                        "bytes": index.sizes.bytes, "incompleteBytes": index.sizes.incompleteBytes,
                        "documents": index.documents.count, "unfinishedDocuments": unfinished,
                    ])
                return
            }
            var text =
                "intact: \(Quantity.count(index.documents.count, "document")), \(Quantity.bytes(index.sizes.bytes))\n"
            if unfinished > 0 || index.sizes.incompleteBytes > 0 {
                text += "its last change was interrupted; finish it with: infiniretri index build, or add\n"
            }
            try StandardOutput.write(text)
        }
    }
}
