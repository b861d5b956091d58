/// Leads from offsets in one text to those in the text or file that it was made from.
///
/// The two run in step, but where something was left out or written otherwise: a byte order mark, markup, U+FFFD, another encoding.
/// So a map is a list of runs; within a run both offsets grow together.
package struct OffsetMap: Sendable, Hashable {
    /// Where a run begins, in the text and in what it was made from.
    package struct Run: Sendable, Hashable {
        package var text: Int
        package var source: Int

        package init(text: Int, source: Int) {
            self.text = text
            self.source = source
        }
    }

    /// In rising order.
    private var runs: [Run]

    /// A text that begins at `text` there and at `source` here, and runs in step.
    package init(text: Int = 0, source: Int = 0) { runs = [Run(text: text, source: source)] }

    /// From `text` on the text stands at `source`. Offsets must not fall.
    package mutating func append(text: Int, source: Int) {
        if let last = runs.last {
            guard text - last.text != source - last.source else { return }
            if last.text == text { runs.removeLast() }
        }
        runs.append(Run(text: text, source: source))
    }

    /// The offset in the source of an offset in the text. Text that stands for another counts as long as that is.
    /// - Complexity: O(log n) in the number of runs.
    package func source(at text: Int) -> Int {
        let next = max(1, runs.partitioningIndex { $0.text > text })
        let offset = runs[next - 1].source + max(0, text - runs[next - 1].text)
        return next < runs.count ? min(offset, runs[next].source) : offset
    }

    /// What of the source a range of the text stands for.
    package func source(of text: Range<Int>) -> Range<Int> {
        let lower = source(at: text.lowerBound)
        return lower..<max(lower, source(at: text.upperBound))
    }

    /// The runs of a range of the text; the first begins with it.
    package func runs(in text: Range<Int>) -> [Run] {
        let first = runs.partitioningIndex { $0.text > text.lowerBound }
        let behind = runs[first...].prefix { $0.text < text.upperBound }
        return [Run(text: text.lowerBound, source: source(at: text.lowerBound))] + behind
    }

    /// Forgets what only text before `text` needs, once that is half of the map: a map of every character is long.
    /// - Complexity: O(log n), and O(1) for each run in all calls together.
    package mutating func forget(before text: Int) {
        let first = runs.partitioningIndex { $0.text > text } - 1
        if first > 0, first >= runs.count / 2 { runs.removeFirst(first) }
    }
}
