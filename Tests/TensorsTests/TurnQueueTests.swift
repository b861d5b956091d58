import Foundation
import Synchronization
import Tensors
import Testing

@Suite struct TurnQueueTests {
    /// Who had a turn, in order.
    private final class Log: Sendable {
        private let turns = Mutex<[(Int, Duration)]>([])

        var count: Int { turns.withLock { $0.count } }

        func append(_ user: Int, _ time: Duration) { turns.withLock { $0.append((user, time)) } }

        func time(of user: Int) -> Double {
            turns.withLock { $0.filter { $0.0 == user }.reduce(0) { $0 + $1.1 / .seconds(1) } }
        }

        /// How often turns went from one user to another.
        var changes: Int {
            turns.withLock { turns in zip(turns, turns.dropFirst()).count { $0.0 != $1.0 } }
        }

        /// The longest run of turns of others between two of `user`.
        func longestWait(of user: Int) -> Int {
            turns.withLock { $0.split { $0.0 == user }.map(\.count).max() ?? 0 }
        }
    }

    /// Several threads that always want a turn.
    private func run(_ users: [(weight: Double, seconds: Double)], turns: Int) -> Log {
        let queue = TurnQueue(), log = Log()
        let group = DispatchGroup()
        for (index, user) in users.enumerated() {
            group.enter()
            let share = TurnQueue.Share(weight: user.weight)
            Thread.detachNewThread {
                queue.turns(of: share) {
                    let start = ContinuousClock.now
                    Thread.sleep(forTimeInterval: user.seconds)
                    log.append(index, ContinuousClock.now - start)
                    return log.count < turns
                }
                group.leave()
            }
        }
        group.wait()
        #expect(queue.waiting == 0)
        return log
    }

    /// Time counts, not turns: who takes long ones gets fewer.
    @Test func timeIsSharedByWeight() {
        let log = run([(1, 0.001), (3, 0.001), (1, 0.004)], turns: 300)
        let (first, second, third) = (log.time(of: 0), log.time(of: 1), log.time(of: 2))
        #expect(second > 1.8 * first && second < 5 * first)
        #expect(third > 0.5 * first && third < 2 * first)
    }

    /// However little it weighs, nobody waits for long.
    @Test func patienceEnds() {
        let log = run([(0.0001, 0.001), (1, 0.004), (1, 0.004)], turns: 200)
        #expect(log.longestWait(of: 0) <= 25)
        #expect(log.time(of: 0) < log.time(of: 1))
    }

    /// A newcomer gets its share from now on, and nothing for the time when it was not there.
    @Test func newcomersStartNow() async throws {
        let queue = TurnQueue(), log = Log()
        let (old, new) = (TurnQueue.Share(), TurnQueue.Share())
        func step(_ user: Int) {
            Thread.sleep(forTimeInterval: 0.002)
            log.append(user, .milliseconds(2))
        }
        let isDone = Mutex(false)
        let task = Task.detached {
            queue.turns(of: old) {
                step(0)
                return !isDone.withLock { $0 }
            }
        }
        // The old one has had a hundred turns before the new one comes for thirty.
        while log.count < 100 { try await Task.sleep(for: .milliseconds(1)) }
        var (before, left) = (0.0, 30)
        queue.turns(of: new) {
            if before == 0 { before = log.time(of: 0) }
            step(1)
            left -= 1
            return left > 0
        }
        let meanwhile = log.time(of: 0) - before
        isDone.withLock { $0 = true }
        await task.value
        #expect(meanwhile > 0.02 && meanwhile < 0.2)
    }

    /// Lenient users change places less often, and get the same in the end.
    @Test func lenienceKeepsTurnsTogether() {
        let queue = TurnQueue(), log = Log()
        let group = DispatchGroup()
        for user in 0..<2 {
            group.enter()
            let share = TurnQueue.Share(lenience: 0.02)
            Thread.detachNewThread {
                queue.turns(of: share) {
                    let start = ContinuousClock.now
                    Thread.sleep(forTimeInterval: 0.002)
                    log.append(user, ContinuousClock.now - start)
                    return log.count < 200
                }
                group.leave()
            }
        }
        group.wait()
        #expect(log.changes < 60)
        #expect(log.time(of: 0) < 2 * log.time(of: 1) && log.time(of: 1) < 2 * log.time(of: 0))
    }

    @Test func errorsEndTurns() {
        struct Failure: Error {}
        let queue = TurnQueue(), share = TurnQueue.Share()
        for _ in 0..<2 { #expect(throws: Failure.self) { try queue.turn(of: share) { throw Failure() } } }
        #expect(queue.turn(of: share) { 7 } == 7)
    }

    @Test func poolsAreShared() {
        let first = ThreadPool.shared(threads: 3), second = ThreadPool.shared(threads: 3)
        #expect(first === second && first.threads == 3)
        #expect(ThreadPool.shared(threads: 2) !== first)
    }
}
