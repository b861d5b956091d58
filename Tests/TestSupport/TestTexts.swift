import Foundation

/// Real texts, where `make test` puts them.
package enum TestTexts {
    /// Paul Graham's essays by file name; empty if they are not there.
    package static var essays: [(name: String, utf8: [UInt8])] {
        let folder = TestModels.folder.deletingLastPathComponent().appendingPathComponent("essays")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, [UInt8]($0)) }
        }
    }
}
