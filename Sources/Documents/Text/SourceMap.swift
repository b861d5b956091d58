/// Leads from offsets in extracted text back to bytes of the file that it was extracted from.
///
/// Text and file run in step, but where the extraction left bytes out (a byte order mark) or wrote others (U+FFFD for what was
/// no UTF-8). So a map is a list of runs; within a run both offsets grow together.
package struct SourceMap: Sendable, Hashable {
    /// Where a run begins, in the text and in the file.
    private struct Run: Sendable, Hashable {
        var text: Int
        var byte: Int
    }

    /// In rising order; never empty.
    private var runs: [Run]

    /// A text that begins at `text` in the extracted text and at `byte` in the file, and runs in step.
    package init(text: Int = 0, byte: Int = 0) { runs = [Run(text: text, byte: byte)] }

    /// From `text` on the text stands at `byte` of the file. Offsets must not fall.
    package mutating func append(text: Int, byte: Int) {
        let last = runs[runs.count - 1]
        guard text - last.text != byte - last.byte else { return }
        if last.text == text { runs.removeLast() }
        runs.append(Run(text: text, byte: byte))
    }

    /// The offset in the file of an offset in the text. Text that stands for other bytes counts as long as they are.
    /// - Complexity: O(log n) in the number of runs.
    package func byte(at text: Int) -> Int {
        var (low, high) = (0, runs.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if runs[middle].text <= text { low = middle } else { high = middle }
        }
        let run = runs[low]
        let offset = run.byte + max(0, text - run.text)
        return low + 1 < runs.count ? min(offset, runs[low + 1].byte) : offset
    }

    /// The bytes of the file that a range of the text stands for.
    package func bytes(of text: Range<Int>) -> Range<Int> {
        let lower = byte(at: text.lowerBound)
        return lower..<max(lower, byte(at: text.upperBound))
    }

    /// The map of the text from `text` on, without what only earlier text needs.
    package func suffix(from text: Int) -> SourceMap {
        let first = runs.lastIndex { $0.text <= text } ?? 0
        var map = self
        map.runs.removeFirst(first)
        return map
    }
}

/// Where a piece of extracted text stands in its document, for people and programs to find it again.
public struct SourceSpan: Sendable, Hashable {
    /// The bytes of the file.
    public let byteRange: Range<Int>
    /// The line on which it begins, counted from 1.
    public let line: Int

    /// A place from its parts.
    public init(byteRange: Range<Int>, line: Int) {
        self.byteRange = byteRange
        self.line = line
    }
}
