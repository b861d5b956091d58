import Tokenization

/// A language model as its users see it: tokens in, attention and logits out, and never a weight.
///
/// Passes may be run from several tasks at once, each with a cache of its own.
public protocol LanguageModel: Sendable {
    /// The model's name, from its file.
    var name: String { get }
    /// The model's sizes.
    var shape: ModelShape { get }
    /// The model's own tokenizer.
    var tokenizer: Tokenizer { get }
    /// How the model was taught to see a conversation.
    var chatTemplate: ChatTemplate { get }

    /// An empty cache, which grows as needed up to the shape's context length.
    func makeCache() -> any KeyValueCache

    /// Runs tokens behind those in `cache` and appends them to it.
    ///
    /// The call blocks until it is done, and ends early with `CancellationError` when its task is cancelled.
    /// - Throws: ``ForwardError`` where the request cannot be met; the cache is then as it was before.
    func forward(_ request: ForwardRequest, cache: any KeyValueCache) throws -> ForwardResult
}

/// Keys and values of the tokens that a model has seen: what later passes continue.
///
/// Not `Sendable`: it belongs to one task at a time, and to the model that made it.
public protocol KeyValueCache: AnyObject {
    /// Tokens in the cache.
    var count: Int { get }

    /// Forgets the tokens at `count` and behind. Cheap; does nothing where the cache is no longer than that.
    func truncate(to count: Int)
}
