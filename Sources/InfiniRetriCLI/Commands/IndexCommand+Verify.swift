import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads a whole index and checks every byte against its checksum.",
            discussion: "An index whose last change was interrupted is intact; the change can be finished.")

        @OptionGroup var path: IndexPath
        @OptionGroup(title: "Output") var output: OutputOptions

        func run() async throws {
            let report = try Report(verifying: path.index)
            if output.json { return try StandardOutput.write(json: report) }
            try StandardOutput.write(report.text)
        }

        private struct Report: Encodable {
            var bytes = 0
            var incompleteBytes = 0
            var documents = 0
            var unfinishedDocuments = 0

            init(verifying path: String) throws {
                do {
                    let index = try AttentionIndex(path: path)
                    try index.verify()
                    (bytes, incompleteBytes) = (index.sizes.bytes, index.sizes.incompleteBytes)
                    (documents, unfinishedDocuments) = (index.documents.count, index.unfinishedDocuments.count)
                } catch IndexError.nothingStored(_, let bytes) {
                    incompleteBytes = bytes
                }
            }

            var text: String {
                let whole = "intact: \(Quantity.count(documents, "document")), \(Quantity.bytes(bytes))\n"
                guard unfinishedDocuments > 0 || incompleteBytes > 0 || bytes == 0 else { return whole }
                return whole + "its last change was interrupted; finish it with: infiniretri index build, or add\n"
            }
        }
    }
}
