import ArgumentParser
import Foundation
import InfiniRetri
import KeyIndex

extension IndexCommand {
    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keeps an index up to date with folders until it is interrupted.",
            discussion: """
                Looks at the folders every few seconds, and does what update does once nothing has changed any more for that long. A
                folder that is not there, or an index that somebody else is writing to, is waited for.
                """)

        @OptionGroup var path: IndexPath

        @Argument(help: ArgumentHelp("Folders or files.", valueName: "folder"))
        var folders: [String]

        @Option(name: .long, help: ArgumentHelp("Seconds between two looks.", valueName: "s"))
        var every = 2.0

        @OptionGroup var build: IndexBuildArguments

        func validate() throws {
            guard every >= 0.1, every <= 86_400 else { throw ValidationError("--every must be between 0.1 and 86400.") }
        }

        func run() async throws {
            try await build.withBuilder { builder, report in
                // Nothing is known of what the index lacks before the first update.
                var updated: FolderState?
                var seen: FolderState?
                var complaint = ""
                while true {
                    try Task.checkCancellation()
                    do {
                        let state = try FolderState(of: folders, filter: build.documents.filter)
                        if state == seen || updated == nil, state != updated {
                            let change = try builder.update(
                                folders, in: path.index, filter: build.documents.filter, report: report)
                            let isChange = change.added + change.removed + change.moved > 0
                            if updated == nil || isChange { try build.report(change, of: path.index) }
                            updated = state
                        }
                        seen = state
                        complaint = ""
                    } catch let error where Self.passes(error) {
                        let text = FailureMessage.text(of: error)
                        if text != complaint { build.output.warn("waiting: \(text)") }
                        complaint = text
                    }
                    Self.wait(seconds: every)
                }
            }
        }

        /// Whether waiting helps.
        private static func passes(_ error: any Error) -> Bool {
            switch error {
            case IndexError.locked, IndexError.missingRoot, DocumentError.notFound, DocumentError.unreadable: true
            default: false
            }
        }

        /// In small portions: an interruption ends it soon.
        private static func wait(seconds: Double) {
            let end = Date(timeIntervalSinceNow: seconds)
            while !Task.isCancelled, end.timeIntervalSinceNow > 0 {
                Thread.sleep(forTimeInterval: min(0.1, max(0.001, end.timeIntervalSinceNow)))
            }
        }
    }
}
