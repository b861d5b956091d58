import Foundation

/// What `models pull` can fetch.
enum ModelSource: Equatable {
    case defaultModel
    case remote(URL, fileName: String)

    /// Reads `https://...`, `hf:owner/repository/path/file.gguf`, or nothing for the default model.
    ///
    /// Plain `http` is accepted from this machine alone: on the way it could be exchanged for another file.
    /// - Throws: `CommandError` for anything else.
    init(_ text: String?) throws {
        guard let text, text.lowercased() != DefaultModel.name.lowercased(), text != DefaultModel.fileName else {
            self = .defaultModel
            return
        }
        if text.hasPrefix("hf:") {
            self = try Self.huggingFace(text)
            return
        }
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), url.host() != nil else {
            throw CommandError(
                "'\(text)' is neither an https URL nor hf:owner/repository/file.gguf; without a source, "
                    + "the default model \(DefaultModel.name) is fetched")
        }
        guard scheme == "https" || Self.isLocal(url) else {
            throw CommandError("only https is accepted for downloads from another machine: '\(text)'")
        }
        self = .remote(url, fileName: try Self.checked(fileName: url.lastPathComponent))
    }

    /// Whether a URL is plain http to this machine.
    static func isLocal(_ url: URL) -> Bool {
        url.scheme?.lowercased() == "http" && ["127.0.0.1", "localhost", "::1", "[::1]"].contains(url.host() ?? "")
    }

    /// A name that is one visible component and ends in `.gguf`.
    static func checked(fileName: String) throws -> String {
        guard fileName.lowercased().hasSuffix(".gguf"), fileName.count > 5, !fileName.hasPrefix("."),
            !fileName.contains("/"), !fileName.contains("\0")
        else {
            throw CommandError(
                "'\(fileName)' is no name for a model file; it must end in .gguf (choose one with --name)")
        }
        return fileName
    }

    private static func huggingFace(_ text: String) throws -> ModelSource {
        let parts = text.dropFirst(3).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            let fileName = parts.last
        else { throw CommandError("'\(text)' should be hf:owner/repository/file.gguf") }
        let path = parts.dropFirst(2).joined(separator: "/")
        var components = URLComponents()
        components.scheme = "https"
        components.host = "huggingface.co"
        components.path = "/\(parts[0])/\(parts[1])/resolve/main/\(path)"
        guard let url = components.url else { throw CommandError("'\(text)' should be hf:owner/repository/file.gguf") }
        return .remote(url, fileName: try checked(fileName: fileName))
    }
}
