/// Lets text through up to the first stop text, holding back what may become the beginning of one.
package struct StopTextFilter: Sendable {
    private let stops: [[UInt8]]
    /// Text that was held back: the beginning of a stop text, perhaps.
    private var held: [UInt8] = []
    /// Whether a stop text has appeared; nothing goes through any more.
    package private(set) var isStopped = false

    /// Empty stop texts are ignored.
    package init(_ stops: [String]) {
        self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }
    }

    /// Takes the next piece of text.
    ///
    /// - Returns: the text that can be shown by now.
    package mutating func push(_ text: String) -> String {
        guard !isStopped else { return "" }
        guard !stops.isEmpty else { return text }
        held.append(contentsOf: text.utf8)
        var end = held.count
        if let start = earliestStop() {
            isStopped = true
            end = start
            held.removeSubrange(end...)
        } else {
            end -= longestBeginning()
        }
        defer { held.removeFirst(end) }
        return String(decoding: held[..<end], as: UTF8.self)
    }

    /// Ends the text.
    ///
    /// - Returns: what was held back.
    package mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    /// Where the first stop text begins.
    private func earliestStop() -> Int? {
        held.indices.first { start in stops.contains { held[start...].starts(with: $0) } }
    }

    /// The length of the longest end of the text with which a stop text begins.
    private func longestBeginning() -> Int {
        let longest = min(held.count, (stops.map(\.count).max() ?? 1) - 1)
        return stride(from: longest, to: 0, by: -1).first { length in
            stops.contains { $0.count > length && $0.starts(with: held.suffix(length)) }
        } ?? 0
    }
}
