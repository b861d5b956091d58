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

    /// Runs the tokens of several sequences, each behind those in its own cache, and appends them to it. They go through the
    /// layers together, and none sees another: every result is what the sequence alone would give.
    ///
    /// The call blocks until it is done, and ends early with `CancellationError` when its task is cancelled.
    /// - Returns: For each sequence what it asked for.
    /// - Throws: ``ForwardError`` where a request cannot be met; all caches are then as they were before.
    func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult]
}

extension LanguageModel {
    /// Runs one sequence: see ``forward(_:)``.
    public func forward(_ request: ForwardRequest, cache: any KeyValueCache) throws -> ForwardResult {
        try forward([SequenceRequest(request, cache: cache)])[0]
    }
}
