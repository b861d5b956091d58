import Foundation
import Synchronization

/// Threads for work that blocks: reading documents, and waiting for the model. Swift's own threads are as many as there are CPUs
/// and must never block, or nothing else in the process runs.
///
/// A thread is started when none is free, and kept for the next work.
package final class WorkThreads: TaskExecutor {
    /// Those of the process.
    package static let shared = WorkThreads()

    private struct State {
        var jobs: [UnownedJob] = []
        var free = 0
    }

    private let state = Mutex(State())
    private let jobs = DispatchSemaphore(value: 0)

    private init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFull = state.withLock { state in
            state.jobs.append(job)
            guard state.free > 0 else { return true }
            state.free -= 1
            return false
        }
        if isFull { startThread() }
        jobs.signal()
    }

    private func startThread() {
        let thread = Thread { [self] in
            while true {
                jobs.wait()
                guard let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) else { continue }
                job.runSynchronously(on: asUnownedTaskExecutor())
                state.withLock { $0.free += 1 }
            }
        }
        thread.name = "infiniretri-work"
        thread.start()
    }
}
