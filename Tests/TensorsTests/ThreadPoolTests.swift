import Synchronization
import Tensors
import Testing

@Suite struct ThreadPoolTests {
    @Test(arguments: [1, 2, 3, 5]) func everyIndexRunsOnce(threads: Int) {
        let pool = ThreadPool(threads: threads)
        #expect(pool.threads == threads)
        for count in [0, 1, 2, 7, 1000] {
            let calls = Mutex([Int](repeating: 0, count: count))
            pool.run(count) { index in calls.withLock { $0[index] += 1 } }
            #expect(calls.withLock { $0 }.allSatisfy { $0 == 1 })
        }
    }

    /// Many short loops, one after the other: a worker that comes late must not touch the next loop's indices.
    @Test func shortLoopsDoNotMix() {
        let pool = ThreadPool(threads: 4)
        for round in 1...2000 {
            let sum = Mutex(0)
            pool.run(round % 9) { index in sum.withLock { $0 += index + 1 } }
            let count = round % 9
            #expect(sum.withLock { $0 } == count * (count + 1) / 2)
        }
    }

    @Test func tasksShareOnePool() async {
        let pool = ThreadPool(threads: 3)
        let sums = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let sum = Mutex(0)
                    for _ in 0..<50 { pool.run(20) { index in sum.withLock { $0 += index * task } } }
                    return sum.withLock { $0 }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums.sorted() == (0..<8).map { $0 * 190 * 50 })
    }

    @Test func loopsInsideLoopsRun() {
        let pool = ThreadPool(threads: 3)
        let sum = Mutex(0)
        pool.run(5) { outer in
            pool.run(7) { inner in sum.withLock { $0 += outer * 7 + inner } }
        }
        #expect(sum.withLock { $0 } == 34 * 35 / 2)
    }

    @Test func fewerThanOneThreadIsOne() {
        let pool = ThreadPool(threads: -3)
        #expect(pool.threads == 1)
        let calls = Mutex(0)
        pool.run(4) { _ in calls.withLock { $0 += 1 } }
        #expect(calls.withLock { $0 } == 4)
        #expect(ThreadPool.hardwareThreads >= 1)
    }
}
