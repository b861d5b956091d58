import Dispatch
import Synchronization

/// Puts tokens that several tasks generate at once into one pass: the weights are read once for all of them (continuous batching,
/// Orca, Yu et al. 2022).
///
/// The first to come leads: it waits shortly for those that were in the pass before, runs the pass, and hands the results out.
final class DecodeQueue: Sendable {
    /// One task's next token. What is in it is written by its task, then by the leader, then read by its task again.
    private final class Job: @unchecked Sendable {
        let plan: SequencePlan
        let settled = DispatchSemaphore(value: 0)
        /// Nil: the task is to lead.
        var result: Result<ForwardResult, any Error>?

        init(_ plan: SequencePlan) { self.plan = plan }
    }

    private struct State {
        var waiting: [Job] = []
        var hasLeader = false
        /// Sequences in the last pass: as many will most likely come again.
        var expected = 1
        /// Signalled, while a leader waits for others, when one comes.
        var joined: DispatchSemaphore?
    }

    private let state = Mutex(State())

    /// Sequences that one pass takes at most.
    private static let most = 16
    /// How long a leader waits for others: less than a token takes.
    private static let patience: DispatchTimeInterval = .milliseconds(2)

    /// Runs a sequence's token, together with those of others; blocks the thread until it is done.
    /// - Parameter pass: Runs sequences together.
    func run(_ plan: SequencePlan, pass: ([SequencePlan]) throws -> [ForwardResult]) throws -> ForwardResult {
        let job = Job(plan)
        let leads = state.withLock { state in
            state.waiting.append(job)
            state.joined?.signal()
            defer { state.hasLeader = true }
            return !state.hasLeader
        }
        if !leads { job.settled.wait() }
        if let result = job.result { return try result.get() }
        let batch = gather(with: job)
        let results = Result { try pass(batch.map(\.plan)) }
        for (index, member) in batch.enumerated() {
            member.result = results.map { $0[index] }
            if member !== job { member.settled.signal() }
        }
        handOver()
        return try results.get()[0]
    }

    /// The leader's job and those of others that are there, or come soon.
    private func gather(with own: Job) -> [Job] {
        let deadline = DispatchTime.now() + Self.patience
        let joined = DispatchSemaphore(value: 0)
        while state.withLock({ state in
            state.joined = joined
            return state.waiting.count < state.expected
        }) {
            guard joined.wait(timeout: deadline) == .success else { break }
        }
        return state.withLock { state in
            state.joined = nil
            let others = state.waiting.filter { $0 !== own }.prefix(Self.most - 1)
            state.waiting.removeAll { job in job === own || others.contains { $0 === job } }
            state.expected = 1 + others.count
            return [own] + others
        }
    }

    /// Lets the first of those who wait lead the next pass.
    private func handOver() {
        let next = state.withLock { state in
            state.hasLeader = !state.waiting.isEmpty
            return state.waiting.first
        }
        next?.settled.signal()
    }
}
