import Synchronization
import Tokenization
import Transformer

/// A model whose passes are counted, to see that work on it has stopped, and not only that nobody listens any more.
package struct CountedModel: LanguageModel {
    private let model: any LanguageModel
    private let passes: Passes
    private let hold: Hold

    package var name: String { model.name }
    package var shape: ModelShape { model.shape }
    package var tokenizer: Tokenizer { model.tokenizer }
    package var chatTemplate: ChatTemplate { model.chatTemplate }

    package func makeCache() -> any KeyValueCache { model.makeCache() }

    package func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        passes.begin()
        return try model.forward(sequences)
    }

    /// The passes that work on a model begins where its reader is cancelled in the midst of one of them.
    ///
    /// Ends when the work has let go of the model, so that no pass can follow. Cancelling from within the pass leaves nothing to
    /// chance: whoever waits for the work is cancelled before the pass goes on, however busy the machine is.
    /// - Parameter reader: Starts the work and waits for what it reports.
    package static func passes(
        on model: any LanguageModel, cancellingIn pass: Int,
        _ reader: @escaping @Sendable (CountedModel) async throws -> Void
    ) async -> Int {
        let passes = Passes(cancellingIn: pass)
        let (end, isReleased) = AsyncStream<Void>.makeStream()
        passes.start(reader, on: CountedModel(model: model, passes: passes, hold: Hold(isReleased)))
        for await _ in end {}
        return passes.count
    }

    /// Tells when the last copy of the model is gone.
    private final class Hold: Sendable {
        private let isReleased: AsyncStream<Void>.Continuation

        init(_ isReleased: AsyncStream<Void>.Continuation) { self.isReleased = isReleased }

        deinit { isReleased.finish() }
    }

    /// Counts passes, and cancels the reader's task in one of them.
    private final class Passes: Sendable {
        private let last: Int
        private let begun = Mutex(0)
        private let task = Mutex<Task<Void, any Error>?>(nil)

        init(cancellingIn last: Int) { self.last = last }

        var count: Int { begun.withLock { $0 } }

        func start(
            _ reader: @escaping @Sendable (CountedModel) async throws -> Void, on model: consuming CountedModel
        ) {
            let model = model
            // Under the lock, so that no pass finds the task missing.
            task.withLock { $0 = Task { try await reader(model) } }
        }

        func begin() {
            let count = begun.withLock {
                $0 += 1
                return $0
            }
            if count == last { task.withLock { $0 }?.cancel() }
        }
    }
}
