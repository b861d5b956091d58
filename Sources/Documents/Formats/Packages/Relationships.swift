/// What the parts of an Office package have to do with each other: names that one part has for others.
final class Relationships: XMLContent {
    /// Paths in the package by their names.
    private(set) var targets: [String: String] = [:]
    /// Paths in the package by the last word of what they are: `footnotes`, `styles`.
    private(set) var byType: [String: String] = [:]
    private let folder: [Substring]

    /// - Parameter part: The path of the part that has them; empty for the package.
    init(of part: String, in archive: ZipArchive) throws(DocumentError) {
        let steps = part.split(separator: "/")
        folder = steps.dropLast()
        let path = (folder + ["_rels", "\(steps.last ?? "").rels"]).joined(separator: "/")
        try XMLPart.read(path, of: archive, into: self)
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", attributes["TargetMode"] != "External", let target = attributes["Target"],
            let id = attributes["Id"], targets.count < Self.most
        else { return }
        let path = Self.path(target, from: folder)
        targets[id] = path
        if let type = attributes["Type"]?.split(separator: "/").last { byType[String(type)] = path }
    }

    func close(_ name: String) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}

    /// A path as it is seen from a folder.
    static func path(_ target: String, from folder: [Substring]) -> String {
        var steps = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }

    private static let most = 100_000
}
