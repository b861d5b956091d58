import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the documents of an index.")

        @OptionGroup var path: IndexPath
        @OptionGroup(title: "Output") var output: OutputOptions

        func run() throws {
            let index = try AttentionIndex(path: path.index)
            let rows = (index.documents + index.unfinishedDocuments).map(Row.init)
            if output.json { return try StandardOutput.write(json: ["documents": rows]) }
            let width = rows.map { Quantity.count($0.tokens).count }.max() ?? 0
            for row in rows {
                let tokens = Quantity.count(row.tokens)
                let note = row.finished ? "" : "  (not read to its end)"
                let space = String(repeating: " ", count: width - tokens.count)
                try StandardOutput.write("\(space)\(tokens) tokens  \(row.name)\(note)\n")
            }
        }

        private struct Row: Encodable {
            var name: String
            var path: String
            var kind: String
            var bytes: Int
            var tokens: Int
            var checksum: UInt32
            var finished: Bool

            init(_ document: IndexedDocument) {
                name = document.name
                path = document.path?.description ?? ""
                kind = document.kind
                bytes = document.bytes
                tokens = document.tokens
                checksum = document.checksum
                finished = document.isFinished
            }
        }
    }
}
