import Dispatch
import Synchronization

/// Shares the time of one resource, such as a ``ThreadPool``, among those who use it at once, turn by turn.
///
/// Of those who wait, the one goes next that has had the least time for its weight (weighted fair queueing by start times, as
/// in SFQ, Goyal et al. 1996); but nobody waits longer than ``patience``. A turn is not interrupted, so it should be short.
public final class TurnQueue: Sendable {
    /// One user's claim to turns.
    public final class Share: Sendable {
        /// Time that counts as one: a share of weight 2 gets twice the time of one of weight 1.
        public let weight: Double
        /// Seconds by which it lets another have more before it interrupts that one's turns: work that takes long anyway leaves others
        /// what they have in the caches.
        public let lenience: Double
        /// Time had so far, divided by the weight, in seconds. Guarded by the queue's lock.
        fileprivate let used = Mutex(0.0)

        /// A claim; weights are above 0.
        public init(weight: Double = 1, lenience: Double = 0) {
            precondition(weight > 0 && lenience >= 0, "A share needs a weight above 0, and no negative lenience.")
            self.weight = weight
            self.lenience = lenience
        }
    }

    /// How long anyone waits at most, once the turn before is over.
    public static let patience: Duration = .milliseconds(40)

    private struct Waiter {
        let share: Share
        let since = ContinuousClock.now
        let ready = DispatchSemaphore(value: 0)
    }

    private struct State {
        var isTaken = false
        var waiting: [Waiter] = []
        /// What the share whose turn it is had used before: where a newcomer starts, so that nobody catches up on the past.
        var now = 0.0

        mutating func begin(_ share: Share) {
            isTaken = true
            now = max(now, share.used.withLock { $0 })
        }
    }

    private let state = Mutex(State())

    /// Nobody waits.
    public init() {}

    /// How many wait.
    public var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs `body` when it is the share's turn. Blocks the thread until then; not to be called from inside a turn.
    public func turn<Result>(of share: Share, _ body: () throws -> Result) rethrows -> Result {
        wait(for: share)
        let start = ContinuousClock.now
        defer { pass(share, since: start, goingOn: false) }
        return try body()
    }

    /// Runs `step`, turn by turn, as long as it says that there is more. Others come in between as they deserve it.
    public func turns(of share: Share, _ step: () throws -> Bool) rethrows {
        wait(for: share)
        var isDone = false
        while !isDone {
            let start = ContinuousClock.now
            var goesOn = false
            defer { if !goesOn { pass(share, since: start, goingOn: false) } }
            isDone = try !step()
            goesOn = !isDone
            if goesOn { pass(share, since: start, goingOn: true)?.wait() }
        }
    }

    private func wait(for share: Share) {
        let waiter = state.withLock { state -> Waiter? in
            share.used.withLock { $0 = max($0, state.now) }
            guard state.isTaken else {
                state.begin(share)
                return nil
            }
            let waiter = Waiter(share: share)
            state.waiting.append(waiter)
            return waiter
        }
        waiter?.ready.wait()
    }

    /// Ends a turn, and begins the next.
    /// - Returns: What to wait for before the share's own next turn, if it goes on and another goes first.
    @discardableResult
    private func pass(_ share: Share, since start: ContinuousClock.Instant, goingOn: Bool) -> DispatchSemaphore? {
        let time = (ContinuousClock.now - start) / .seconds(1)
        let (next, own) = state.withLock { state -> (Waiter?, Waiter?) in
            share.used.withLock { $0 += time / share.weight }
            guard let index = Self.next(of: state.waiting, after: goingOn ? share : nil) else {
                state.isTaken = goingOn
                if goingOn { state.begin(share) }
                return (nil, nil)
            }
            let next = state.waiting.remove(at: index)
            state.begin(next.share)
            guard goingOn else { return (next, nil) }
            let own = Waiter(share: share)
            state.waiting.append(own)
            return (next, own)
        }
        next?.ready.signal()
        return own?.ready
    }

    /// The index of the waiter that goes next; of equal ones the first to come.
    /// - Parameter current: A share that would go on: nil is returned where it may.
    private static func next(of waiting: [Waiter], after current: Share?) -> Int? {
        if let first = waiting.first, ContinuousClock.now - first.since > patience { return 0 }
        let used = waiting.map { $0.share.used.withLock { $0 } }
        let limit = current.map { $0.used.withLock { $0 } } ?? .infinity
        let deserving = used.indices.filter { used[$0] + waiting[$0].share.lenience / waiting[$0].share.weight < limit }
        return deserving.min { used[$0] < used[$1] }
    }
}
