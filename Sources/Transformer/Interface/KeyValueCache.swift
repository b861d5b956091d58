/// Keys and values of the tokens that a model has seen: what later passes continue.
///
/// Not `Sendable`: it belongs to one task at a time, and to the model that made it.
public protocol KeyValueCache: AnyObject {
    /// Tokens in the cache.
    var count: Int { get }
    /// Bytes of memory, what is shared with forks included.
    var byteCount: Int { get }

    /// Forgets the tokens at `count` and behind. Cheap; does nothing where the cache is no longer than that.
    func truncate(to count: Int)

    /// Another cache with the same tokens, that goes its own way from here. Cheap: what is there is shared, and stays as it is.
    func fork() -> any KeyValueCache
}
