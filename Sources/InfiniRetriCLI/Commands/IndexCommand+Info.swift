import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what an index holds and what it was built with.")

        @OptionGroup var path: IndexPath
        @OptionGroup(title: "Output") var output: OutputOptions

        func run() throws {
            let start = ContinuousClock.now
            let index = try AttentionIndex(path: path.index)
            let report = Report(index, openSeconds: (ContinuousClock.now - start) / .seconds(1))
            if output.json { return try StandardOutput.write(json: report) }
            try StandardOutput.write(report.text)
        }

        private struct Report: Encodable {
            var model: String
            var profile: String
            var keys: String
            var documents: Int
            var unfinishedDocuments: Int
            var tokens: Int
            var deadTokens: Int
            var windows: Int
            var bytes: Int
            var incompleteBytes: Int
            var bytesPerToken: Double
            var openSeconds: Double

            init(_ index: AttentionIndex, openSeconds: Double) {
                model = index.model
                profile = index.profileName
                keys = index.keyFormat.rawValue
                documents = index.documents.count
                unfinishedDocuments = index.unfinishedDocuments.count
                let sizes = index.sizes
                (tokens, deadTokens, windows) = (sizes.tokens, sizes.deadTokens, sizes.windows)
                (bytes, incompleteBytes) = (sizes.bytes, sizes.incompleteBytes)
                bytesPerToken = Double(bytes) / Double(max(1, tokens + deadTokens))
                self.openSeconds = openSeconds
            }

            var text: String {
                var text = """
                    model      \(model)
                    profile    \(profile)
                    keys       \(keys)
                    documents  \(Quantity.count(documents))
                    tokens     \(Quantity.count(tokens)) in \(Quantity.count(windows)) windows
                    size       \(Quantity.bytes(bytes)), \(Quantity.fixed(bytesPerToken, digits: 0)) bytes a token
                    opened in  \(Quantity.fixed(openSeconds * 1_000, digits: 1)) ms

                    """
                if deadTokens > 0, unfinishedDocuments == 0 {
                    text += "\(Quantity.count(deadTokens)) tokens no longer count; give back their room with: "
                    text += "infiniretri index compact\n"
                }
                if unfinishedDocuments > 0 {
                    text += "\(Quantity.count(unfinishedDocuments)) documents are not read to their end; finish with: "
                    text += "infiniretri index build, or add\n"
                }
                return text
            }
        }
    }
}
