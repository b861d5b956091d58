/// A value for each offset of a text, the same for long stretches.
struct StepMap<Value: Sendable & Equatable>: Sendable {
    private var steps: [(start: Int, value: Value)]

    /// One value for the whole text.
    init(_ value: Value) { steps = [(0, value)] }

    /// From `start` on, which must not fall, the value is another one.
    mutating func append(_ value: Value, at start: Int) {
        guard let last = steps.last, last.value != value else { return }
        if last.start == start { steps.removeLast() }
        steps.append((start, value))
    }

    func value(at offset: Int) -> Value {
        steps[max(0, steps.partitioningIndex { $0.start > offset } - 1)].value
    }

    /// Forgets the values of text before `offset`.
    mutating func forget(before offset: Int) {
        let first = steps.partitioningIndex { $0.start > offset } - 1
        if first > 0 { steps.removeFirst(first) }
    }
}

extension RandomAccessCollection {
    /// The first index at which a condition holds that holds for all elements behind it too.
    /// - Complexity: O(log n).
    func partitioningIndex(where condition: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, count)
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if condition(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
