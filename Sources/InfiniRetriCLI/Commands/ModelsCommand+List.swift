import ArgumentParser

extension ModelsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the models on this machine.")

        @Flag(name: .long, help: "Print one JSON object.")
        var json = false

        func run() throws {
            let entries = try ModelStore().entries()
            if json {
                let models = entries.map {
                    Row(name: $0.name, path: $0.path, bytes: $0.bytes, isDefault: $0.name == DefaultModel.name)
                }
                try StandardOutput.write(json: ["models": models])
                return
            }
            for entry in entries {
                let mark = entry.name == DefaultModel.name ? "  (default)" : ""
                try StandardOutput.write("\(entry.name)  \(Quantity.bytes(entry.bytes))\(mark)\n")
            }
            if entries.isEmpty {
                Console.write(
                    "no models in \(ModelStore.defaultFolder.path) yet; fetch the default one: infiniretri models pull")
            }
        }

        private struct Row: Encodable {
            var name: String
            var path: String
            var bytes: Int
            var isDefault: Bool

            enum CodingKeys: String, CodingKey {
                case name, path, bytes
                case isDefault = "default"
            }
        }
    }
}
