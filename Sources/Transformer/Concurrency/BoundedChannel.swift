import Dispatch
import Synchronization

/// Elements on their way from a thread that may block to a task that may not: a sender waits where the reader is far behind.
package final class BoundedChannel<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var reader: CheckedContinuation<Element?, any Error>?
        var waitingSenders = 0
        /// No element will come, for this reason; nil: not yet.
        var end: Result<Void, any Error>?
        /// Nobody reads any more.
        var isClosed = false

        mutating func takeReader() -> CheckedContinuation<Element?, any Error>? {
            defer { reader = nil }
            return reader
        }

        mutating func takeSenders() -> Int {
            defer { waitingSenders = 0 }
            return waitingSenders
        }
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)

    /// - Parameter capacity: Elements that wait to be read at most.
    package init(capacity: Int) { self.capacity = capacity }

    /// Hands over an element; blocks the thread while the channel is full. Without a reader it is dropped.
    package func send(_ element: Element) {
        while true {
            let (isDone, reader) = state.withLock { state -> (Bool, CheckedContinuation<Element?, any Error>?) in
                if state.isClosed { return (true, nil) }
                if let reader = state.reader {
                    state.reader = nil
                    return (true, reader)
                }
                if state.elements.count < capacity {
                    state.elements.append(element)
                    return (true, nil)
                }
                state.waitingSenders += 1
                return (false, nil)
            }
            reader?.resume(returning: element)
            if isDone { return }
            room.wait()
        }
    }

    /// Says that no further element will come.
    package func finish() { finish(.success(())) }

    /// Says that no further element will come, and why.
    package func finish(throwing error: any Error) { finish(.failure(error)) }

    private func finish(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.end = end
            return state.takeReader()
        }
        reader?.resume(with: end.map { nil })
    }

    /// Says that nobody reads any more.
    package func close() {
        let (reader, senders) = state.withLock { state in
            state.isClosed = true
            state.elements = []
            return (state.takeReader(), state.takeSenders())
        }
        for _ in 0..<senders { room.signal() }
        reader?.resume(returning: nil)
    }

    /// The next element; nil behind the last. One task reads.
    package func next() async throws -> Element? {
        try await withCheckedThrowingContinuation { continuation in
            let found = state.withLock { state -> Result<Element?, any Error>? in
                if state.isClosed { return .success(nil) }
                if !state.elements.isEmpty {
                    let element = state.elements.removeFirst()
                    for _ in 0..<state.takeSenders() { room.signal() }
                    return .success(element)
                }
                if let end = state.end {
                    // An error is thrown once.
                    state.end = .success(())
                    return end.map { nil }
                }
                state.reader = continuation
                return nil
            }
            if let found { continuation.resume(with: found) }
        }
    }
}
