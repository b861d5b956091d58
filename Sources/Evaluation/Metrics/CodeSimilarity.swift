/// Ratcliff and Obershelp's similarity of two lines of code ("Pattern Matching: The Gestalt Approach", 1988): the longest
/// common block, then the same on both sides of it.
public enum CodeSimilarity {
    /// Twice the characters in common blocks over the characters of both, rounded to hundredths.
    ///
    /// The values are those of `fuzz.ratio` of the Python package `fuzzywuzzy` as LongBench installs it, on Python's own
    /// `difflib`: in lines of 200 characters and more, a character that makes up more than one per cent of the second line
    /// cannot begin a block.
    public static func ratio(_ first: String, _ second: String) -> Double {
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        if first == second { return 1 }
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        var matcher = BlockMatcher(first, second)
        let ratio = 2 * Double(matcher.matchedCount()) / Double(first.count + second.count)
        return (100 * ratio).rounded(.toNearestOrEven) / 100
    }
}

private struct BlockMatcher {
    private let first: [Unicode.Scalar]
    private let second: [Unicode.Scalar]
    /// Where each character stands in `second`, ascending; those too common to begin a block are left out.
    private var places: [Unicode.Scalar: [Int]] = [:]

    init(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) {
        self.first = first
        self.second = second
        for (index, scalar) in second.enumerated() { places[scalar, default: []].append(index) }
        if second.count >= 200 { places = places.filter { $0.value.count <= second.count / 100 + 1 } }
    }

    /// Characters in all common blocks.
    mutating func matchedCount() -> Int {
        var count = 0
        var open = [(first: 0..<first.count, second: 0..<second.count)]
        while let part = open.popLast() {
            let block = longestBlock(part.first, part.second)
            guard block.length > 0 else { continue }
            count += block.length
            open.append((part.first.lowerBound..<block.first, part.second.lowerBound..<block.second))
            open.append(
                (
                    (block.first + block.length)..<part.first.upperBound,
                    (block.second + block.length)..<part.second.upperBound
                ))
        }
        return count
    }

    /// The longest block that both ranges hold: the earliest in `first`, then in `second`.
    private func longestBlock(_ one: Range<Int>, _ other: Range<Int>) -> (first: Int, second: Int, length: Int) {
        var best = (first: one.lowerBound, second: other.lowerBound, length: 0)
        // The length of the block that ends at each place of `second` and the character before in `first`.
        var lengths: [Int: Int] = [:]
        for index in one {
            var next: [Int: Int] = [:]
            for place in places[first[index]] ?? [] where other.contains(place) {
                let length = (lengths[place - 1] ?? 0) + 1
                next[place] = length
                if length > best.length { best = (index - length + 1, place - length + 1, length) }
            }
            lengths = next
        }
        // Characters too common to begin a block may still lengthen one.
        while best.first > one.lowerBound, best.second > other.lowerBound,
            first[best.first - 1] == second[best.second - 1]
        {
            best = (best.first - 1, best.second - 1, best.length + 1)
        }
        while best.first + best.length < one.upperBound, best.second + best.length < other.upperBound,
            first[best.first + best.length] == second[best.second + best.length]
        {
            best.length += 1
        }
        return best
    }
}
