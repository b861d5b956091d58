import Foundation

/// Where downloaded files are kept: `$INFINIRETRI_CACHE`, else `$XDG_CACHE_HOME/infiniretri`, else `~/.cache/infiniretri`.
enum CacheFolder {
    static var url: URL {
        let environment = ProcessInfo.processInfo.environment
        if let own = environment["INFINIRETRI_CACHE"], !own.isEmpty {
            return URL(fileURLWithPath: own, isDirectory: true)
        }
        // The XDG base directory specification ignores relative paths.
        if let shared = environment["XDG_CACHE_HOME"], shared.hasPrefix("/") {
            return URL(fileURLWithPath: shared, isDirectory: true).appending(path: "infiniretri")
        }
        let home = environment["HOME"].map { URL(fileURLWithPath: $0, isDirectory: true) }
        return (home ?? FileManager.default.homeDirectoryForCurrentUser).appending(path: ".cache/infiniretri")
    }

    static var models: URL { url.appending(path: "models", directoryHint: .isDirectory) }
}
