import Documents
import Foundation
import SystemPackage

/// The folder that an index is in: paths of documents are kept from there, so that both can be moved together.
struct IndexFolder: Sendable {
    private let folder: FilePath

    /// - Parameter index: The path of the index file.
    init(ofIndex index: String) {
        var folder = DocumentPlace.absolute(FilePath(index))
        folder.removeLastComponent()
        // A way up from a folder that is reached by a link would lead elsewhere.
        if let real = folder.withPlatformString({ realpath($0, nil) }) {
            folder = FilePath(platformString: real)
            free(real)
        }
        self.folder = folder
    }

    /// A path from the root as the index keeps it.
    func kept(_ path: FilePath) -> [UInt8] {
        let (here, there) = (Array(folder.components), Array(path.components))
        let shared = zip(here, there).prefix { $0 == $1 }.count
        var kept = FilePath()
        for _ in shared..<here.count { kept.append("..") }
        for component in there[shared...] { kept.append(component) }
        return kept.withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    /// The path from the root of what the index keeps.
    func path(ofKept kept: [UInt8]) -> FilePath {
        (kept.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { text in
            text.baseAddress.map { folder.pushing(FilePath(platformString: $0)).lexicallyNormalized() } ?? folder
        }
    }

    /// The name by which whoever asks can open a file: the one that was given, if it leads there from the folder of the process, else
    /// the shortest one that does.
    static func name(of path: FilePath, given name: String) -> String {
        if DocumentPlace.absolute(FilePath(name)) == path { return name }
        let here = FilePath(FileManager.default.currentDirectoryPath)
        var inside = path
        return inside.removePrefix(here) && !inside.isEmpty ? inside.description : path.description
    }
}
