import SystemPackage

/// The rules of `.gitignore` files, and of `.infiniretriignore` files, which have the same form: of several that match, the last one
/// decides.
struct IgnoreRules {
    /// The names of files that hold rules.
    static let fileNames = [".gitignore", ".infiniretriignore"]

    private struct Rule {
        var glob: Glob
        /// Whether a name in any folder below is meant, not a path.
        var isName: Bool
        var isForFolders: Bool
        var isException: Bool
        /// The folder of the file that holds the rule, with a slash at its end, from the root of the walk.
        var folder: [UInt8]
        /// The way from that folder to the root of the walk, where it stands above, likewise.
        var above: [UInt8]
    }

    private var rules: [Rule] = []

    /// Adds the lines of a file.
    /// - Parameters:
    ///   - folder: Where the file is: a path from the root of the walk with a slash at its end, or nothing for the root.
    ///   - above: Where the root of the walk is, from a file that stands above it, likewise.
    mutating func add(_ text: [UInt8], folder: [UInt8], above: [UInt8] = []) {
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            var pattern = line
            // Spaces at the end do not count unless they are written with a backslash.
            while pattern.last == 0x20, pattern.dropLast().last != UInt8(ascii: "\\") { pattern.removeLast() }
            guard let first = pattern.first, first != UInt8(ascii: "#") else { continue }
            let isException = first == UInt8(ascii: "!")
            if isException { pattern.removeFirst() }
            let isForFolders = pattern.last == UInt8(ascii: "/")
            if isForFolders { pattern.removeLast() }
            let isName = !pattern.contains(UInt8(ascii: "/"))
            if pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
            guard !pattern.isEmpty else { continue }
            rules.append(
                Rule(
                    glob: Glob(pattern), isName: isName, isForFolders: isForFolders, isException: isException,
                    folder: folder, above: above))
        }
    }

    /// Whether the rules leave out what is at a path from the root of the walk.
    func ignores(_ path: [UInt8], isFolder: Bool) -> Bool {
        let name = path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
        let rule = rules.last { rule in
            guard path.starts(with: rule.folder), isFolder || !rule.isForFolders else { return false }
            return rule.glob.matches(rule.isName ? name : (rule.above + path[rule.folder.count...])[...])
        }
        return rule.map { !$0.isException } ?? false
    }
}
