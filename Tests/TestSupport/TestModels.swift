import Foundation

/// Real model files, where `make test` and the `models` command put them.
package enum TestModels {
    /// The folder of cached models.
    package static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        let cache: URL
        if let path = environment["INFINIRETRI_CACHE"], !path.isEmpty {
            cache = URL(fileURLWithPath: path)
        } else if let path = environment["XDG_CACHE_HOME"], !path.isEmpty {
            cache = URL(fileURLWithPath: path).appendingPathComponent("infiniretri")
        } else {
            cache = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache/infiniretri")
        }
        return cache.appendingPathComponent("models")
    }

    /// SmolLM2-135M-Instruct in Q4_1, the default model; nil if it is not there.
    package static var smolLM2: String? { path("SmolLM2-135M-Instruct.Q4_1.gguf") }

    /// Qwen2.5-Coder-0.5B-Instruct in Q4_K_M; nil if it is not there.
    package static var qwenCoder: String? { path("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf") }

    /// The path of a cached model file; nil if it is not there.
    package static func path(_ name: String) -> String? {
        let path = folder.appendingPathComponent(name).path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
