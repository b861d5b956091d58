extension AsyncThrowingStream where Element: Sendable, Failure == any Error {
    /// What some work reports, as it happens. The work has a task and a thread of its own; it is cancelled when its reader ends, and
    /// waits where its reader is far behind.
    package init(
        running work: @escaping @Sendable (_ report: @escaping @Sendable (Element) -> Void) async throws -> Void
    ) {
        let channel = BoundedChannel<Element>(capacity: 256)
        let task = Task.detached(executorPreference: WorkThreads.shared) {
            do {
                try await work { channel.send($0) }
                channel.finish()
            } catch {
                channel.finish(throwing: error)
            }
        }
        let reader = Reader(channel: channel, task: task)
        self.init(unfolding: { try await reader.next() })
    }
}

/// The reading end of some work. When it is gone, nobody reads any more.
private final class Reader<Element: Sendable>: Sendable {
    private let channel: BoundedChannel<Element>
    private let task: Task<Void, Never>

    init(channel: BoundedChannel<Element>, task: Task<Void, Never>) {
        self.channel = channel
        self.task = task
    }

    deinit { end() }

    func next() async throws -> Element? {
        try await withTaskCancellationHandler {
            try await channel.next()
        } onCancel: {
            end()
        }
    }

    private func end() {
        task.cancel()
        channel.close()
    }
}
