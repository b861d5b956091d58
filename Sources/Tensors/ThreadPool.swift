import CKernels
import Foundation
import Synchronization

/// A fixed set of worker threads that share out the indices of loops. The caller of `run` works too.
///
/// Each index is handled by exactly one thread, and nothing that an index computes may depend on which: so results are
/// the same whatever the number of threads. Several tasks may use one pool; their loops then run one after the other.
public final class ThreadPool: @unchecked Sendable {
    private let pool: OpaquePointer?

    /// The threads that share a loop, the calling one included.
    public let threads: Int

    /// Whose turn it is: who runs many loops takes turns, so that others come in between.
    public let turns = TurnQueue()

    /// The pool of a process with this many threads: made when it is first asked for, and one as long as anybody has it.
    /// Models and indexes share it, so that they do not keep more threads than there are CPUs.
    public static func shared(threads: Int = ThreadPool.hardwareThreads) -> ThreadPool {
        sharedPools.withLock { pools in
            if let pool = pools[threads]?.pool { return pool }
            let pool = ThreadPool(threads: threads)
            pools[threads] = Weak(pool: pool)
            return pool
        }
    }

    private struct Weak {
        weak var pool: ThreadPool?
    }

    private static let sharedPools = Mutex<[Int: Weak]>([:])

    /// The CPUs that this process may use.
    public static var hardwareThreads: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// A pool of `threads` threads (at least one), the calling one included; fewer if the system refuses to start them.
    public init(threads: Int = ThreadPool.hardwareThreads) {
        pool = ir_thread_pool_create(max(1, threads))
        self.threads = pool.map { Int(ir_thread_pool_threads($0)) } ?? 1
    }

    deinit { ir_thread_pool_destroy(pool) }

    /// Calls `body` once for each index below `count` and returns when all calls have returned.
    ///
    /// A run inside the body of another runs on its own thread alone.
    public func run(_ count: Int, _ body: (Int) -> Void) {
        run(count) { index, _ in body(index) }
    }

    /// Like `run(_:_:)`, with the worker that calls: the owner of scratch memory.
    package func run(_ count: Int, _ body: (Int, OpaquePointer?) -> Void) {
        guard count > 0 else { return }
        withoutActuallyEscaping(body) { body in
            let job = Job(body: body)
            withExtendedLifetime(job) {
                ir_thread_pool_run(
                    pool, count,
                    { context, index, worker in
                        guard let context else { return }
                        Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().body(index, worker)
                    }, Unmanaged.passUnretained(job).toOpaque())
            }
        }
    }

    private final class Job {
        let body: (Int, OpaquePointer?) -> Void

        init(body: @escaping (Int, OpaquePointer?) -> Void) { self.body = body }
    }
}
