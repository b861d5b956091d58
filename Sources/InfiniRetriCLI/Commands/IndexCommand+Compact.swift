import ArgumentParser
import InfiniRetri

extension IndexCommand {
    struct Compact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes an index anew without what was removed.",
            discussion: """
                Windows that hold nothing of removed documents are copied; of the others, what still counts is read again. The new
                index takes the old one's place in one step.
                """)

        @OptionGroup var path: IndexPath
        @OptionGroup var build: IndexBuildArguments

        func run() async throws {
            let sizes = try await build.withBuilder { builder, report in
                try builder.compact(path.index, report: report)
            }
            if build.output.json {
                try StandardOutput.write(json: ["bytesBefore": sizes.before, "bytesAfter": sizes.after])
            } else {
                try StandardOutput.write("\(Quantity.bytes(sizes.before)) before, \(Quantity.bytes(sizes.after)) now\n")
            }
        }
    }
}
