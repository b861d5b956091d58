import Foundation

/// Where files are kept that can be fetched or made again: `$INFINIRETRI_CACHE`, else `$XDG_CACHE_HOME/infiniretri`, else
/// `~/.cache/infiniretri`.
package enum CacheFolder {
    package static var url: URL {
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
}
