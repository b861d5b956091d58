extension AsyncThrowingStream where Element: Sendable, Failure == any Error {
    /// What some work reports, as it happens. The work has a task of its own, which is cancelled when its reader ends.
    package init(
        running work: @escaping @Sendable (_ report: @escaping @Sendable (Element) -> Void) async throws -> Void
    ) {
        self.init { continuation in
            let task = Task.detached {
                do {
                    try await work { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
