import Foundation
import InfiniRetri

/// The model files on this machine.
struct ModelStore {
    struct Entry {
        var name: String
        var path: String
        var bytes: Int
    }

    /// Where downloaded models are kept.
    static var defaultFolder: URL { CacheFolder.url.appending(path: "models", directoryHint: .isDirectory) }

    var folder = ModelStore.defaultFolder

    /// Every complete model in the folder, by name.
    func entries() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.lowercased().hasSuffix(".gguf") && !$0.hasPrefix(".") }
            .sorted()
            .map { file in
                let path = folder.appending(path: file).path
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return Entry(
                    name: String(file.dropLast(5)), path: path, bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0)
            }
    }

    /// The file that `--model` means: a path to a file, or the name of a model in the folder, in any letter case, with or
    /// without `.gguf`.
    func path(of reference: String) throws -> String {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder), !isFolder.boolValue {
            return reference
        }
        let wanted = reference.lowercased()
        let entries = try entries()
        if let entry = entries.first(where: { [$0.name.lowercased(), "\($0.name.lowercased()).gguf"].contains(wanted) })
        {
            return entry.path
        }
        if wanted == DefaultModel.name.lowercased() {
            throw CommandError(
                "the default model is not on this machine yet; fetch it once with: infiniretri models pull")
        }
        if reference.contains("/") {
            throw CommandError("there is no model file '\(reference)'")
        }
        let known = entries.isEmpty ? "none yet" : entries.map(\.name).joined(separator: ", ")
        throw CommandError(
            "there is no model '\(reference)', neither as a file nor by name in \(folder.path) (\(known)); "
                + "see: infiniretri models pull --help")
    }
}
