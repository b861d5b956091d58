import Foundation
import SystemPackage

/// The documents that paths stand for, and what was left out.
public struct DocumentList: Sendable, Hashable {
    /// In the order of the paths given; in a folder, by their paths' bytes.
    public var documents: [Document] = []
    /// What was left out, and why.
    public var omissions: [Omission] = []

    /// Nothing.
    public init() {}

    /// What a path stands for.
    /// - Throws: As ``add(_:filter:)``.
    public init(at path: String, filter: DocumentFilter = DocumentFilter()) throws(DocumentError) {
        try add(FilePath(path), filter: filter)
    }

    /// Adds what a path stands for: the file itself, or every file below a folder.
    ///
    /// In a folder, hidden files and folders are left out, and what `.gitignore` and `.infiniretriignore` files leave out. Links are
    /// followed once: what is read already is not read again, and circles end. Names may be any bytes.
    /// - Throws: ``DocumentError`` where nothing is at `path`, or the folder cannot be listed.
    public mutating func add(_ path: FilePath, filter: DocumentFilter = DocumentFilter()) throws(DocumentError) {
        let name = path.description
        let status: Stat
        do {
            status = try Stat(path)
        } catch Errno.noSuchFileOrDirectory {
            throw .notFound(name: name)
        } catch {
            throw .unreadable(name: name, reason: "\(error)")
        }
        guard status.type == .directory else {
            // Who names a file means it, whatever it is called; what else a filter asks counts.
            var filter = filter
            filter.include = []
            filter.exclude = []
            add([FoundFile(path: path, status: status)], filter: filter, isOptional: false)
            return
        }
        var walk = FolderWalk(root: path, filter: filter)
        try walk.run(status)
        omissions += walk.omissions
        add(walk.files, filter: filter, isOptional: true)
    }

    private mutating func add(_ files: [FoundFile], filter: DocumentFilter, isOptional: Bool) {
        for file in files {
            var document = Document.file(file.path)
            document.isOptional = isOptional
            if let reason = file.reasonToLeaveOut(document, by: filter) {
                omissions.append(Omission(.ignored, document.name, reason: reason))
            } else {
                documents.append(document)
            }
        }
    }
}

/// A file that a walk has found.
private struct FoundFile {
    var path: FilePath
    var status: Stat

    func reasonToLeaveOut(_ document: Document, by filter: DocumentFilter) -> String? {
        let time = status.st_mtim
        if !filter.allows(modified: Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)) {
            return "it was changed at another time than asked for"
        }
        if let limit = filter.maxBytes, status.size > limit { return "it has more than \(limit) bytes" }
        guard !filter.kinds.isEmpty else { return nil }
        // What cannot be told is said when it is read.
        guard let kind = try? document.kind() else { return nil }
        return filter.kinds.contains(kind) ? nil : "its kind is \(kind)"
    }
}

/// Goes through a folder and those below it.
private struct FolderWalk {
    private(set) var files: [FoundFile] = []
    private(set) var omissions: [Omission] = []
    private let root: FilePath
    private let filter: DocumentFilter
    private var rules = IgnoreRules()
    /// Folders that were gone through.
    private var folders: Set<Identity> = []
    /// Links to look at when everything that is no link is known.
    private var links: [(path: FilePath, relative: [UInt8])] = []

    /// What is the same under all its names.
    private struct Identity: Hashable {
        var device: UInt64
        var node: UInt64

        init(_ status: Stat) {
            device = UInt64(truncatingIfNeeded: status.deviceID.rawValue)
            node = UInt64(truncatingIfNeeded: status.inode.rawValue)
        }
    }

    init(root: FilePath, filter: DocumentFilter) {
        self.root = root
        self.filter = filter
    }

    mutating func run(_ status: Stat) throws(DocumentError) {
        readRulesAbove()
        guard let names = Self.names(in: root) else {
            throw .unreadable(name: root.description, reason: "the folder cannot be listed: \(Errno(rawValue: errno))")
        }
        folders.insert(Identity(status))
        walk(root, relative: [], names: names)
        var known = Set(files.map { Identity($0.status) })
        // Links may lead to folders with more links.
        while !links.isEmpty {
            let next = links.removeFirst()
            follow(next.path, relative: next.relative, known: &known)
        }
        files.sort { Self.bytes(of: $0.path).lexicographicallyPrecedes(Self.bytes(of: $1.path)) }
    }

    private mutating func follow(_ path: FilePath, relative: [UInt8], known: inout Set<Identity>) {
        guard let status = try? Stat(path) else { return leaveOut(path, "a link that leads nowhere") }
        let before = files.count
        switch status.type {
        case .directory:
            enter(path, relative: relative, status)
            for file in files[before...] { known.insert(Identity(file.status)) }
        case .regular:
            if known.insert(Identity(status)).inserted {
                files.append(FoundFile(path: path, status: status))
            } else {
                leaveOut(path, "a link to a file that is read already", .ignored)
            }
        default: leaveOut(path, "neither a file nor a folder")
        }
    }

    private mutating func enter(_ path: FilePath, relative: [UInt8], _ status: Stat) {
        guard folders.insert(Identity(status)).inserted else {
            return leaveOut(path, "a link to a folder that is read already", .ignored)
        }
        guard let names = Self.names(in: path) else {
            return leaveOut(path, "the folder cannot be listed: \(Errno(rawValue: errno))")
        }
        walk(path, relative: relative + [UInt8(ascii: "/")], names: names)
    }

    /// - Parameter relative: The folder's path from the root, with a slash at its end.
    private mutating func walk(_ folder: FilePath, relative: [UInt8], names: [[UInt8]]) {
        for name in IgnoreRules.fileNames where names.contains(Array(name.utf8)) {
            readRules(folder.appending(name), folder: relative)
        }
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let component = Self.component(name) else { continue }
            let path = folder.appending(component)
            let relative = relative + name
            guard let status = try? Stat(path, followTargetSymlink: false) else {
                leaveOut(path, "it cannot be looked at: \(Errno(rawValue: errno))")
                continue
            }
            let isFolder = status.type == .directory
            if name.first == UInt8(ascii: ".") {
                if !IgnoreRules.fileNames.contains(where: { Array($0.utf8) == name }) {
                    leaveOut(path, "hidden", .ignored)
                }
            } else if rules.ignores(relative, isFolder: isFolder) {
                leaveOut(path, "an ignore file leaves it out", .ignored)
            } else if filter.excludes(path: relative) || !isFolder && !filter.allows(path: relative) {
                leaveOut(path, "other files were asked for", .ignored)
            } else if status.type == .symbolicLink {
                links.append((path, relative))
            } else if isFolder {
                enter(path, relative: relative, status)
            } else if status.type == .regular {
                files.append(FoundFile(path: path, status: status))
            } else {
                leaveOut(path, "neither a file nor a folder")
            }
        }
    }

    private mutating func leaveOut(_ path: FilePath, _ reason: String, _ kind: Omission.Kind = .skipped) {
        omissions.append(Omission(kind, path.description, reason: reason))
    }

    /// The rules of the folders above, up to that of a repository, as git has it.
    private mutating func readRulesAbove() {
        guard let real = realpath(root.string, nil) else { return }
        defer { free(real) }
        var folder = FilePath(platformString: real)
        var above: [(folder: FilePath, inside: [UInt8])] = []
        var inside: [UInt8] = []
        while (try? Stat(folder.appending(".git"))) == nil {
            guard let last = folder.lastComponent else { return }
            inside = Self.bytes(of: FilePath(root: nil, [last])) + [UInt8(ascii: "/")] + inside
            guard folder.removeLastComponent(), !folder.isEmpty else { return }
            above.insert((folder, inside), at: 0)
        }
        for (folder, inside) in above {
            for name in IgnoreRules.fileNames {
                guard let text = Self.text(of: folder.appending(name)) else { continue }
                rules.add(text, folder: [], above: inside)
            }
        }
    }

    private mutating func readRules(_ file: FilePath, folder: [UInt8]) {
        if let text = Self.text(of: file) { rules.add(text, folder: folder) }
    }

    /// The text of a file with rules, which is small.
    private static func text(of file: FilePath) -> [UInt8]? {
        guard var bytes = try? DocumentBytes(.file(file)), let head = try? bytes.head(1 << 20) else { return nil }
        return Array(head)
    }

    /// The names in a folder but those of itself and the one above; nil where it cannot be listed, with `errno`.
    private static func names(in folder: FilePath) -> [[UInt8]]? {
        guard let stream = folder.withPlatformString({ opendir($0) }) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
        }
        return names
    }

    private static func component(_ name: [UInt8]) -> FilePath.Component? {
        (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { name in
            name.baseAddress.flatMap { FilePath.Component(platformString: $0) }
        }
    }

    private static func bytes(of path: FilePath) -> [UInt8] {
        path.withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }
}
