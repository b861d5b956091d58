import Foundation

/// A path in the temporary folder whose file is removed with the object.
package final class TemporaryFile: Sendable {
    package let path: String

    package init(suffix: String = "") {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("infiniretri-test-\(UUID().uuidString)\(suffix)").path
    }

    package convenience init(_ bytes: [UInt8], suffix: String = "") throws {
        self.init(suffix: suffix)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
