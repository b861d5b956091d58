import Foundation
import InfiniRetri

/// What stands in a folder of results for people and other programs; each file is written whole or not at all.
enum ResultFiles {
    /// Writes `summary.json`.
    static func write(_ summary: some Encodable, to folder: URL) throws {
        var data = try JSONEncoder.stable.encode(summary)
        data.append(0x0A)
        try data.write(to: folder.appending(path: "summary.json"), options: .atomic)
    }

    /// Writes `report.html`.
    static func write(_ page: ReportPage, to folder: URL) throws {
        try Data(page.html.markup.utf8).write(to: folder.appending(path: "report.html"), options: .atomic)
    }
}
